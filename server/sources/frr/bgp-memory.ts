import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { identityOf, neighborOf } from "./neighbor-of.ts";
import type { BfdPeer } from "./parse-bfd.ts";
import type { ToldPeer } from "./parse-neighbors.ts";
import type { Summary, SummaryRow } from "./parse-summary.ts";
import { steady } from "./steady.ts";
import { rowKey, rowsByNeighbor } from "./summary-neighbors.ts";

/**
 * What the summary says of each neighbor, without what moves while nothing happens (messages, queues, uptime). A key is
 * `rowKey`; two equal prints mean that there is no news in the neighbor's details worth the question.
 */
export function summaryPrints(summary: Summary): Map<string, string> {
  const prints = new Map<string, string>();
  for (const [key, rows] of rowsByNeighbor(summary.rows)) {
    prints.set(key, JSON.stringify(rows.map(({ uptimeMs, ...row }) => row)));
  }
  return prints;
}

/** Keys that are new or differ. */
export function changedKeys(earlier: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...now].filter(([key, print]) => earlier.get(key) !== print).map(([key]) => key);
}

/** A neighbor, with the answer that it was read from. */
export interface Remembered {
  readonly neighbor: Neighbor;
  readonly raw: unknown;
  readonly observedAt: number;
  readonly bfd?: BfdPeer | undefined;
}

/** Reads what was told into our model; a neighbor that says the same as before is the same object. */
export function remember(
  told: readonly ToldPeer[],
  beside: {
    readonly device: string;
    readonly observedAt: number;
    readonly rows: ReadonlyMap<string, readonly SummaryRow[]>;
    readonly bfd: readonly BfdPeer[];
    readonly earlier: ReadonlyMap<string, Remembered>;
  },
): Map<string, Remembered> {
  const { device, observedAt, rows, earlier } = beside;
  const bfdByAddress = new Map(beside.bfd.map((peer) => [rowKey(peer.vrf, peer.peerAddress), peer]));
  return new Map(
    told.map((one): [string, Remembered] => {
      const key = rowKey(one.vrf, one.key);
      const { neighborAddress } = identityOf(one.vrf, one.key, device, one.peer.bgpNeighborAddr);
      const bfd = bfdByAddress.get(rowKey(one.vrf, neighborAddress ?? ""));
      const now = neighborOf(one, device, { observedAt, rows: rows.get(key), bfd: bfd?.bfd });
      return [key, { neighbor: steady(earlier.get(key)?.neighbor, now), raw: one.raw, observedAt, bfd }];
    }),
  );
}
