import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { deviceText, MAX_DESCRIPTION } from "./device-text.ts";
import { secondBefore } from "./instants.ts";
import { identityOf } from "./neighbor-of.ts";
import type { Summary, SummaryRow } from "./parse-summary.ts";
import { heldDownBy, rawStateOf } from "./state-words.ts";

/** The rows of each neighbor together, one for each address family. */
export function rowsByNeighbor(rows: readonly SummaryRow[]): Map<string, SummaryRow[]> {
  const found = new Map<string, SummaryRow[]>();
  for (const row of rows) {
    const name = rowKey(row.vrf, row.key);
    const known = found.get(name);
    if (known) known.push(row);
    else found.set(name, [row]);
  }
  return found;
}

export function rowKey(vrf: string, key: string): string {
  return `${vrf}|${key}`;
}

/** Neighbors as far as the summary knows them: no timers, no errors, no limits. For when there is nothing better. */
export function neighborsOfSummary(summary: Summary, device: string, observedAt?: number): Neighbor[] {
  return [...rowsByNeighbor(summary.rows).values()].flatMap((rows) => {
    const row = rows[0];
    return row ? [neighborOfRows(row, rows, summary, device, observedAt)] : [];
  });
}

function neighborOfRows(
  row: SummaryRow,
  rows: readonly SummaryRow[],
  summary: Summary,
  device: string,
  observedAt: number | undefined,
): Neighbor {
  const { state } = row.words;
  const up = state === "established";
  const heldDown = up ? undefined : heldDownBy(row.words.bracket ?? row.peerState);
  const rawState = rawStateOf(row.words, row.words.bracket ?? (row.peerState === "OK" ? undefined : row.peerState));
  const description = row.description && deviceText(row.description, MAX_DESCRIPTION);
  const since = observedAt !== undefined && row.uptimeMs !== undefined && secondBefore(observedAt, row.uptimeMs);
  return {
    ...identityOf(row.vrf, row.key, device),
    ...(row.localAs !== undefined && { localAs: row.localAs }),
    ...(row.peerAs !== undefined && { peerAs: row.peerAs }),
    ...(row.vrf === "default" && summary.routerId !== undefined && { localRouterId: summary.routerId }),
    ...(description && { description }),
    state,
    ...(heldDown && { heldDown }),
    ...(since !== false && { since }),
    ...(row.dropped !== undefined && { flaps: row.dropped }),
    families: rows.map(({ family, accepted, advertised }) => ({
      family,
      ...(accepted !== undefined && { accepted }),
      ...(up && advertised !== undefined && { advertised }),
    })),
    timers: {},
    ...(row.peerState === "NSF passive" && { gracefulRestart: { keepingStale: true } }),
    ...(rawState !== undefined && { rawState }),
  };
}
