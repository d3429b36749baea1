import { z } from "zod";
import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { LastError } from "../../../lib/fabric/neighbor.ts";
import { familyOf } from "./family-name.ts";
import { isObject, jsonAnswer, membersOf, parseAt, refusal } from "./json-answer.ts";
import { lastErrorOf } from "./last-reset.ts";
import { Count, refuseWarning } from "./parse-summary.ts";

/**
 * A neighbor as `summary failed` lists it: no state, but the reason of its last reset. It need not be down: FRR also
 * lists an established neighbor under a family that the other end did not agree to.
 */
export interface FailedNeighbor {
  readonly vrf: string;
  readonly key: string;
  readonly families: readonly AddressFamily[];
  readonly established?: number;
  readonly flaps?: number;
  readonly lastError?: LastError;
}

const Row = z.object({
  connectionsEstablished: Count.optional(),
  connectionsDropped: Count.optional(),
  lastResetDueTo: z.string().max(1000).optional(),
  lastNotificationReason: z.string().max(1000).optional(),
  lastErrorCodeSubcode: z.string().max(1000).optional(),
  lastNotificationHardReset: z.boolean().optional(),
  lastShutdownDescription: z.string().optional(),
});

/** `show bgp vrf all summary failed json`. */
export function parseVrfSummaryFailed(text: string): FailedNeighbor[] {
  const vrfs = membersOf(jsonAnswer(text));
  refuseWarning(vrfs);
  return vrfs.flatMap(([vrf, families]) => failedOf(vrf, families, [vrf]));
}

/** `show bgp summary failed json`: the default VRF alone. */
export function parseSummaryFailed(text: string): FailedNeighbor[] {
  const families = jsonAnswer(text);
  refuseWarning(membersOf(families));
  return failedOf("default", families, []);
}

function failedOf(vrf: string, families: unknown, path: string[]): FailedNeighbor[] {
  const found = new Map<string, FailedNeighbor>();
  for (const [family, told] of membersOf(families, ...path)) {
    const at = [...path, family];
    if (!isObject(told)) throw refusal("expected the summary of an address family", at);
    for (const [key, answer] of membersOf(told.peers ?? {}, ...at, "peers")) {
      const row = parseAt(Row, answer, ...at, "peers", key);
      const lastError = lastErrorOf(row, { up: false, hasFamilies: true });
      found.set(key, {
        vrf,
        key,
        families: [...(found.get(key)?.families ?? []), familyOf(family)],
        ...(row.connectionsEstablished !== undefined && { established: row.connectionsEstablished }),
        ...(row.connectionsDropped !== undefined && { flaps: row.connectionsDropped }),
        ...(lastError && { lastError }),
      });
    }
  }
  return [...found.values()];
}
