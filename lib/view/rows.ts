import { SESSION_STATE_NAME } from "../bgp/session-state.ts";
import type { Device } from "../fabric/device.ts";
import type { FamilyState, Neighbor } from "../fabric/neighbor.ts";
import type { End, Session } from "../fabric/session.ts";
import type { DeviceRow, EndRow, SessionRow } from "./view.ts";

/** The line of a table for a session; `back` while its recovery is news. */
export function sessionRow(session: Session, back?: { readonly at: number; readonly downMs: number }): SessionRow {
  const { verdict, near, far } = session;
  const flaps = Math.max(near.neighbor?.flaps ?? -1, far.neighbor?.flaps ?? -1);
  const lastError = session.status === "up" ? undefined : (errorText(far.neighbor) ?? errorText(near.neighbor));
  return {
    id: session.id,
    vrf: session.vrf,
    kind: session.kind,
    near: endRow(near),
    far: endRow(far),
    status: session.status,
    ...(session.stale && { stale: true }),
    ...(session.disputed && { disputed: true }),
    ...(session.oneEnd && { oneEnd: session.oneEnd }),
    ...(session.since !== undefined && { since: session.since }),
    ...(back && session.status === "up" && { backUpAt: back.at, wasDownMs: back.downMs }),
    cause: verdict.cause,
    sentence: verdict.sentence,
    ...(verdict.text !== undefined && { text: verdict.text }),
    ...(verdict.fault && { fault: verdict.fault }),
    ...(flaps >= 0 && { flaps }),
    ...(lastError !== undefined && { lastError }),
  };
}

export function deviceRow({ name, role, rack, facts, provedAs, sources }: Device): DeviceRow {
  const { asn = provedAs, routerId, system, version, startedAt, bgp } = facts;
  return {
    name,
    role,
    ...(rack !== undefined && { rack }),
    ...(asn !== undefined && { asn }),
    ...(routerId !== undefined && { routerId }),
    ...(system !== undefined && { system }),
    ...(version !== undefined && { version }),
    ...(startedAt !== undefined && { startedAt }),
    ...(bgp !== undefined && { bgp }),
    sources,
  };
}

function endRow({ device, rack, address, asn, source, neighbor, freshness }: End): EndRow {
  const limit = neighbor?.families.find((family) => family.limit)?.limit?.max;
  const counts = neighbor ? sums(neighbor.families) : {};
  return {
    ...(device !== undefined && { device }),
    ...(rack !== undefined && { rack }),
    ...(address !== undefined && { address }),
    ...(asn !== undefined && { asn }),
    ...(source !== undefined && { source }),
    ...(neighbor && { state: neighbor.rawState ?? SESSION_STATE_NAME[neighbor.state] }),
    ...(neighbor && freshness !== "unknown" && { established: neighbor.state === "established" }),
    ...counts,
    ...(limit !== undefined && { limit }),
  };
}

const COUNTS = ["received", "accepted", "best", "advertised"] as const;

/** A sum over the families that tell the count; absent when none does. */
function sums(families: readonly FamilyState[]): Partial<Record<(typeof COUNTS)[number], number>> {
  const sum: Partial<Record<(typeof COUNTS)[number], number>> = {};
  for (const family of families) {
    for (const count of COUNTS) {
      const value = family[count];
      if (value !== undefined) sum[count] = (sum[count] ?? 0) + value;
    }
  }
  return sum;
}

function errorText(neighbor: Neighbor | undefined): string | undefined {
  const error = neighbor?.lastError;
  if (!error) return undefined;
  const by = error.direction === "local" ? "" : `${error.direction} `;
  return `${neighbor.device}: ${by}${error.text}${error.communication ? ` “${error.communication}”` : ""}`;
}
