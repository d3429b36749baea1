import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Told } from "./dialect.ts";
import { joinSummaries } from "./join-summaries.ts";
import { mergeNeighbors } from "./merge-neighbors.ts";

/**
 * What one saved answer tells, as our model. Where it tells one thing alone, that thing.
 *
 * @throws SyntaxError for a list of neighbors that were cut to nothing: no state is made up.
 */
export function modelOf(told: Told, device: string): unknown {
  const { summary, details, clockAt: _clock, lldp, ...rest } = told;
  const parts: Record<string, unknown> = {
    ...(summary && { neighbors: ofSummary(told, device) }),
    ...(details && { neighbors: ofDetails(told, device) }),
    ...(lldp && { lldp: Object.fromEntries(lldp) }),
    ...rest,
  };
  const names = Object.keys(parts);
  return names.length === 1 ? parts[names[0] ?? ""] : parts;
}

function ofSummary({ summary, details = [], bfd = [] }: Told, device: string): Neighbor[] {
  const { peers, speakers } = joinSummaries(summary ? [summary] : []);
  return mergeNeighbors(device, { summary: peers, speakers, details, bfd });
}

function ofDetails({ details = [] }: Told, device: string): Neighbor[] {
  const stateless = details.find((peer) => peer.state === undefined);
  if (stateless) throw new SyntaxError(`${stateless.vrf} ${stateless.key}: no state told`);
  return mergeNeighbors(device, { summary: [], speakers: new Map(), details, bfd: [] });
}
