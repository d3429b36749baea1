import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Console, freePort, startConsole } from "./console.ts";
import { askConsole, type ConsoleRow, rowOf } from "./console-view.ts";
import { DEFAULT_LAB, type Lab, linkBetween } from "./description.ts";
import { clean, up, waitConverged } from "./fabric.ts";
import { heal, inject } from "./faults.ts";
import { whyNoLab } from "./preflight.ts";
import { probeEnd } from "./probe.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import { sweepTestLabs, testLabName } from "./test-lab.ts";
import { type Watch, watch } from "./watch.ts";

const why = await whyNoLab();
const say = (line: string) => process.stdout.write(`${line}\n`);
if (why !== undefined) say(`lab skipped: ${why}`);

/** One poll of 1 s, jittered by 5 %, and what a busy machine of two cores adds. */
const TOLD_WITHIN_MS = 2_500;
/** BIRD's pauses after errors, the collector's back-off, and one poll. */
const BACK_WITHIN_MS = 40_000;

/** Daemons go on trying while a fault lasts, and say other things in between. */
const STAYS_MS = 4_000;

const title = `the console tells a real fabric${why === undefined ? "" : ` (skipped: ${why})`}`;
describe.skipIf(why !== undefined)(title, () => {
  let lab: Lab;
  let console: Console | undefined;
  let view: Watch<ConsoleRow[]>;

  beforeAll(async () => {
    await sweepTestLabs();
    const running = await up({ ...DEFAULT_LAB, name: testLabName("c") });
    lab = running.lab;
    for (const note of running.notes) say(`lab: ${note}`);
    await waitConverged(lab);
    const started = await startConsole(lab, await freePort(), "log");
    console = started;
    view = watch(40, () => askConsole(started.url));
  });

  afterAll(async () => {
    await view?.stop();
    await console?.stop();
    await clean(testLabName("c"));
  });

  test("all 24 sessions appear up, each with both ends joined", async () => {
    const { value: whole } = await view.first("24 sessions up and joined", 20_000, allWhole);
    expect(whole.filter((row) => row.kind === "node-tor")).toHaveLength(16);
    expect(whole.filter((row) => row.kind === "tor-spine")).toHaveLength(8);
    const ends = whole.map((row) => `${row.near.device} ${row.far.device}`).sort();
    expect(ends).toEqual(lab.links.map((link) => `${link.lower.device} ${link.upper.device}`).sort());
  });

  for (const scenario of SCENARIOS) {
    test(`${scenario.name}: told within one poll, with cause and side, and healing clears it`, async () => {
      await view.first("whole before", BACK_WITHIN_MS, allWhole);
      view.forget();
      const figures = await Promise.all(await watched(scenario, () => inject(lab, scenario.fault)));
      const toldAt = Math.max(...figures.map((figure) => figure.toldAt));
      await delay(STAYS_MS);
      const strayed = view.since(toldAt).flatMap(({ at, value }) =>
        scenario.sessions.flatMap(([node, leaf]) => {
          const row = rowOf(value, node, leaf);
          if (row && tells(row, scenario, node, leaf)) return [];
          return [
            `after ${at - toldAt} ms, ${node} ${leaf}: ${row?.status}, ${row?.cause}, ${row?.fault?.where}: ${row?.sentence}`,
          ];
        }),
      );
      await heal(lab, scenario.fault);
      await waitConverged(lab);
      const healedAt = Date.now();
      view.forget();
      const back = await view.first("all up again", BACK_WITHIN_MS, allWhole);

      for (const { session, lostMs, toldMs } of figures) {
        const row = `down ${lostMs} ms after the daemons lost it, cause and side ${toldMs} ms after they knew`;
        say(`console: ${scenario.name} (${session}): ${row}; up again ${back.at - healedAt} ms after them`);
      }
      expect(strayed, "a verdict, once told, stays while the fault does").toEqual([]);
      for (const { session, lostMs, toldMs } of figures) {
        expect(lostMs, `${session} shown as not up`).toBeLessThanOrEqual(TOLD_WITHIN_MS);
        expect(toldMs, `${session} with cause and side`).toBeLessThanOrEqual(
          scenario.expected.withinMs ?? TOLD_WITHIN_MS,
        );
      }
    });
  }

  /** Watches the daemons and the console while `act` happens; what each session's story took, in milliseconds. */
  async function watched(scenario: Scenario, act: () => Promise<void>) {
    const { detected, expected, sessions } = scenario;
    const watches = sessions.map(([node, leaf]) => {
      const link = linkBetween(lab, node, leaf);
      const [atNode, atLeaf] = [node, leaf].map((device) => watch(20, () => probeEnd(lab, link, device, 500)));
      if (!atNode || !atLeaf) throw new Error("a session has two ends");
      return { node, leaf, atNode, atLeaf };
    });
    for (const { atNode, atLeaf } of watches) {
      for (const end of [atNode, atLeaf])
        await end.first("an answer before the fault", 5_000, (told) => told.established);
    }
    await act();
    return watches.map(async ({ node, leaf, atNode, atLeaf }) => {
      const session = `${node} ${leaf}`;
      const lost = Promise.any([atNode, atLeaf].map((end) => end.first("lost", 15_000, (told) => !told.established)));
      const known = (detected.by === "node" ? atNode : atLeaf).first(
        `${scenario.name} detected by the ${detected.by}`,
        15_000,
        (told) => detected.words.test(told.word),
      );
      const [{ at: lostAt }, { at: knownAt }] = await Promise.all([lost, known]);
      const notUp = await view.first(`${session} not up`, 15_000, (rows) => rowOf(rows, node, leaf)?.status !== "up");
      const right = await view.first(`${session} told as ${JSON.stringify(expected)}`, 15_000, (rows) => {
        const row = rowOf(rows, node, leaf);
        return row !== undefined && tells(row, scenario, node, leaf);
      });
      const harmed = right.value
        .filter((row) => row.status !== "up")
        .map((row) => `${row.near.device} ${row.far.device}`);
      const meant = sessions.map((each) => each.join(" "));
      expect(
        harmed.filter((each) => !meant.includes(each)),
        "sessions that the fault does not touch",
      ).toEqual([]);
      await Promise.all([atNode.stop(), atLeaf.stop()]);
      return { session, toldAt: right.at, lostMs: notUp.at - lostAt, toldMs: right.at - knownAt };
    });
  }
});

function tells(row: ConsoleRow, { expected }: Scenario, node: string, leaf: string): boolean {
  const culprit = expected.end === "far" ? leaf : node;
  return (
    row.status === expected.status &&
    expected.causes.includes(row.cause) &&
    row.fault?.end === expected.end &&
    row.fault.where.includes(culprit) &&
    (expected.sentence?.test(row.sentence) ?? true)
  );
}

function allWhole(rows: readonly ConsoleRow[]): boolean {
  return rows.length === 24 && rows.every(isWhole);
}

function isWhole(row: ConsoleRow): boolean {
  const joined = row.near.established === true && row.far.established === true && row.oneEnd === undefined;
  return row.status === "up" && joined && row.fault === undefined && row.stale !== true;
}
