import type { DeviceFacts, Interface } from "../../../lib/fabric/device.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Evidence, Observation } from "../../../lib/fabric/observation.ts";
import { same } from "../../../lib/values/same.ts";
import { every } from "../every.ts";
import type { Limits, Source } from "../source.ts";
import { reading, SourceError } from "../source-error.ts";
import { type BgpMemory, NOTHING_YET, pollBgp } from "./bgp-poll.ts";
import type { Budget } from "./client.ts";
import { BFD_PEERS, INTERFACES, NEIGHBORS, VERSION } from "./commands.ts";
import { evidenceOf } from "./evidence-of.ts";
import { type BfdPeer, parseBfdPeers } from "./parse-bfd.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import type { ToldPeer } from "./parse-neighbors.ts";
import type { Summary } from "./parse-summary.ts";
import { parseVersion } from "./parse-version.ts";
import { SidePart } from "./side-part.ts";
import { vtyClient } from "./vty-client.ts";
import { vtyshClient } from "./vtysh-client.ts";

export interface FrrConfig {
  readonly id: string;
  readonly device: string;
  readonly via: { readonly directory: string } | { readonly vtysh: readonly string[] };
  readonly everyMs: number;
  readonly limits: Limits;
}

/** How often parts are asked that cost a `vtysh` process each, 32 ms; over a socket they are asked at every poll. */
const COSTLY_EVERY_MS = 5_000;

export function frrSource({ id, device, via, everyMs, limits }: FrrConfig): Source {
  const client = "directory" in via ? vtyClient(id, via.directory) : vtyshClient(id, via.vtysh);
  const sideEveryMs = client.cheap ? 0 : COSTLY_EVERY_MS;
  const sideMaxMs = Math.min(2_000, Math.max(200, everyMs / 2));
  const version = new SidePart<DeviceFacts>({ part: VERSION, everyMs: Number.POSITIVE_INFINITY, maxMs: sideMaxMs });
  const ports = new SidePart<readonly Interface[]>({ part: INTERFACES, everyMs: sideEveryMs, maxMs: sideMaxMs });
  const bfd = new SidePart<readonly BfdPeer[]>({ part: BFD_PEERS, everyMs: sideEveryMs, maxMs: sideMaxMs });
  const answers = new Map<string, { command: string; observedAt: number; text: string }>();
  let memory: BgpMemory = NOTHING_YET;
  let facts: DeviceFacts | undefined;

  const note = (command: string, text: string) => answers.set(command, { command, observedAt: Date.now(), text });

  async function askBfd(told: readonly ToldPeer[], all: boolean, budget: Budget): Promise<readonly BfdPeer[]> {
    if (!told.some(({ peer }) => peer.peerBfdInfo !== undefined)) {
      if (all) bfd.forget(); // a bfdd that no neighbor needs may be missing
      return [];
    }
    await bfd.refresh(budget, async (share) => {
      try {
        const text = await client.ask(BFD_PEERS, share);
        note(BFD_PEERS, text);
        return reading(id, () => parseBfdPeers(text, Date.now()));
      } catch (error) {
        // bfdd 8.4.4 has this command only after `enable`, which we do not send: bgpd's own account must do. That bfdd
        // knows no such command still proves that it runs.
        if (error instanceof SourceError && error.reason === "refused" && /Unknown command/.test(error.message)) {
          return [];
        }
        throw error;
      }
    });
    return bfd.value ?? [];
  }

  async function poll(signal: AbortSignal, startedAt: number): Promise<Observation> {
    const budget: Budget = {
      signal,
      deadlineAt: startedAt + limits.deadlineMs,
      maxAnswerBytes: limits.maxAnswerBytes,
    };
    const bgp = await pollBgp(
      { source: id, device, client, budget, askBfd: (told, all) => askBfd(told, all, budget) },
      memory,
    );
    memory = bgp.memory;
    for (const [command, text] of bgp.texts) note(command, text);

    await version.refresh(budget, async (share) => {
      const text = await client.ask(VERSION, share);
      note(VERSION, text);
      return reading(id, () => parseVersion(text));
    });
    const portsTold = await ports.refresh(budget, async (share, earlier) => {
      const text = await client.ask(INTERFACES, share);
      note(INTERFACES, text);
      const now = reading(id, () => parseInterfaces(text));
      return earlier && same(earlier, now) ? earlier : now;
    });

    const factsNow = factsOf(version.value, bgp.summary);
    if (!same(facts, factsNow)) facts = factsNow;
    const trouble = [...bgp.trouble, version.trouble, ports.trouble, bfd.trouble].filter((one) => one !== undefined);
    const observedAt = Date.now();
    return {
      source: id,
      device,
      observedAt,
      tookMs: observedAt - startedAt,
      facts: facts ?? factsNow,
      neighbors: memory.list,
      ...(portsTold && ports.value && { interfaces: ports.value }),
      ...(trouble.length > 0 && { trouble }),
    };
  }

  return {
    id,
    kind: "frr",
    device,
    everyMs,
    address: client.address,
    async *observe(signal) {
      for await (const startedAt of every(everyMs, signal)) {
        try {
          yield await poll(signal, startedAt);
        } catch (error) {
          if (signal.aborted) return;
          throw error;
        }
      }
    },
    evidence(neighbor): readonly Evidence[] {
      const from = { source: id, device };
      if (!neighbor) return [...answers.values()].map((answer) => evidenceOf(from, answer)).sort(newestFirst);
      return evidenceOfNeighbor(memory, neighbor).map((answer) => evidenceOf(from, answer));
    },
  };
}

function factsOf(version: DeviceFacts | undefined, { bgp, routerId, asn }: Summary): DeviceFacts {
  return {
    ...version,
    ...(routerId !== undefined && { routerId }),
    ...(asn !== undefined && { asn }),
    ...(bgp && { bgp }),
  };
}

function evidenceOfNeighbor(memory: BgpMemory, neighbor: Neighbor) {
  const known = [...memory.neighbors.values()].find((one) => one.neighbor.id === neighbor.id);
  if (!known) return [];
  const { observedAt, raw, bfd } = known;
  return [
    { command: NEIGHBORS, observedAt, text: JSON.stringify(raw, null, 2) },
    ...(bfd ? [{ command: BFD_PEERS, observedAt, text: JSON.stringify(bfd.raw, null, 2) }] : []),
  ];
}

function newestFirst(a: Evidence, b: Evidence): number {
  return b.observedAt - a.observedAt;
}
