import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Trouble } from "../../../lib/fabric/observation.ts";
import { reading, SourceError } from "../source-error.ts";
import { changedKeys, type Remembered, remember, summaryPrints } from "./bgp-memory.ts";
import type { Budget, FrrClient } from "./client.ts";
import { NEIGHBORS, oneNeighborCommand, SUMMARY } from "./commands.ts";
import type { BfdPeer } from "./parse-bfd.ts";
import { parseNeighbors, parseVrfNeighbors, type ToldPeer } from "./parse-neighbors.ts";
import { parseVrfSummary, type Summary } from "./parse-summary.ts";
import { steady } from "./steady.ts";
import { neighborsOfSummary, rowsByNeighbor } from "./summary-neighbors.ts";

/** Below this, all details are asked at every poll: 64 neighbors are 220 kB, read in a few ms. */
const FEW_NEIGHBORS = 64;
/** Above it, all of them only so often; what only the details tell (BFD, the text of a reset) is so much late at most. */
const ALL_DETAILS_EVERY_MS = 5_000;
/** So many changed neighbors are asked one by one; more than these, all at once. */
const ONE_BY_ONE = 8;

export interface BgpMemory {
  readonly prints: ReadonlyMap<string, string>;
  readonly neighbors: ReadonlyMap<string, Remembered>;
  readonly list: readonly Neighbor[];
  /** When all details were last asked; epoch ms. */
  readonly allAt: number;
}

export const NOTHING_YET: BgpMemory = { prints: new Map(), neighbors: new Map(), list: [], allAt: 0 };

export interface BgpPoll {
  readonly memory: BgpMemory;
  readonly summary: Summary;
  readonly trouble: readonly Trouble[];
  /** Texts as they came, by command. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface BgpQuestion {
  readonly source: string;
  readonly device: string;
  readonly client: FrrClient;
  readonly budget: Budget;
  /** Asks bfdd if one of the neighbors has BFD; `all`: these are all neighbors of the device. */
  readonly askBfd: (told: readonly ToldPeer[], all: boolean) => Promise<readonly BfdPeer[]>;
}

/**
 * Summary, and details where there is news in it.
 *
 * @throws SourceError when bgpd cannot be asked. Details that are refused, too large or nonsense are a trouble, and the
 *   summary then stands alone: it says less of each neighbor, but all of its state.
 */
export async function pollBgp(question: BgpQuestion, earlier: BgpMemory): Promise<BgpPoll> {
  const { source, device, client, budget } = question;
  const text = await client.ask(SUMMARY, budget);
  const summary = reading(source, () => parseVrfSummary(text));
  const prints = summaryPrints(summary);
  const texts = new Map([[SUMMARY, text]]);

  try {
    const { neighbors, allAt } = await details(question, earlier, summary, prints, texts);
    const list = sameList(
      earlier.list,
      [...neighbors.values()].map((one) => one.neighbor),
    );
    return { memory: { prints, neighbors, list, allAt }, summary, trouble: [], texts };
  } catch (error) {
    if (!(error instanceof SourceError) || !["refused", "too-large", "malformed"].includes(error.reason)) throw error;
    const before = new Map(earlier.list.map((neighbor) => [neighbor.id, neighbor]));
    const now = neighborsOfSummary(summary, device, Date.now()).map((one) => steady(before.get(one.id), one));
    const memory = { ...NOTHING_YET, list: sameList(earlier.list, now) };
    return { memory, summary, trouble: [{ part: NEIGHBORS, text: error.message }], texts };
  }
}

async function details(
  question: BgpQuestion,
  earlier: BgpMemory,
  summary: Summary,
  prints: ReadonlyMap<string, string>,
  texts: Map<string, string>,
): Promise<{ neighbors: ReadonlyMap<string, Remembered>; allAt: number }> {
  const { source, device, client, budget } = question;
  const rows = rowsByNeighbor(summary.rows);
  const changed = changedKeys(earlier.prints, prints);
  const commands = changed.map((key) => commandFor(rows.get(key)?.[0]));
  const dueAll = prints.size < FEW_NEIGHBORS || Date.now() - earlier.allAt >= ALL_DETAILS_EVERY_MS;

  if (dueAll || changed.length > ONE_BY_ONE || commands.includes(undefined)) {
    const text = await client.ask(NEIGHBORS, budget);
    const observedAt = Date.now();
    texts.set(NEIGHBORS, text);
    const told = reading(source, () => parseVrfNeighbors(text));
    const bfd = await question.askBfd(told, true);
    return {
      neighbors: remember(told, { device, observedAt, rows, bfd, earlier: earlier.neighbors }),
      allAt: observedAt,
    };
  }

  const neighbors = new Map([...earlier.neighbors].filter(([key]) => prints.has(key) || !earlier.prints.has(key)));
  for (const [index, key] of changed.entries()) {
    const row = rows.get(key)?.[0];
    const text = await client.ask(commands[index] ?? NEIGHBORS, budget);
    const observedAt = Date.now();
    const told = reading(source, () => parseNeighbors(text, row?.vrf));
    const bfd = await question.askBfd(told, false);
    for (const [one, known] of remember(told, { device, observedAt, rows, bfd, earlier: earlier.neighbors })) {
      neighbors.set(one, known);
    }
  }
  return { neighbors, allAt: earlier.allAt };
}

function commandFor(row: { vrf: string; key: string } | undefined): string | undefined {
  return row && oneNeighborCommand(row.vrf, row.key);
}

/** The earlier list itself where nothing changed in it. */
function sameList(earlier: readonly Neighbor[], now: readonly Neighbor[]): readonly Neighbor[] {
  return earlier.length === now.length && now.every((one, index) => one === earlier[index]) ? earlier : now;
}
