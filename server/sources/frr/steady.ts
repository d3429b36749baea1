import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { same } from "../../../lib/values/same.ts";
import { oneInstant } from "./instants.ts";
import { WAITING_FOR_OPEN } from "./last-reset.ts";

/**
 * The neighbor of this poll, with what an answer cannot keep still: FRR counts backwards in whole seconds, so one
 * instant reads a second earlier or later from poll to poll. Where nothing else happened the earlier reading stays, and
 * a neighbor that is the same in every field is the earlier object itself.
 *
 * Within one outage, the cause outlives `Waiting for peer OPEN`, by which FRR overwrites it at the next attempt.
 */
export function steady(earlier: Neighbor | undefined, now: Neighbor): Neighbor {
  if (!earlier) return now;
  const sameSpell = isUp(earlier) === isUp(now) && earlier.flaps === now.flaps;
  const kept = sameSpell ? withEarlierInstants(earlier, now) : now;
  const still = withEarlierBfd(earlier, kept);
  return same(earlier, still) ? earlier : still;
}

function withEarlierInstants(earlier: Neighbor, now: Neighbor): Neighbor {
  const since = keep(earlier.since, now.since);
  const lastError =
    !isUp(now) && earlier.lastError && now.lastError?.text === WAITING_FOR_OPEN ? earlier.lastError : now.lastError;
  const at = keep(earlier.lastError?.at, lastError?.at);
  return {
    ...now,
    ...(since !== undefined && { since }),
    ...(lastError && { lastError: at === undefined ? lastError : { ...lastError, at } }),
  };
}

function withEarlierBfd(earlier: Neighbor, now: Neighbor): Neighbor {
  if (!now.bfd || earlier.bfd?.state !== now.bfd.state) return now;
  const since = keep(earlier.bfd.since, now.bfd.since);
  return since === undefined ? now : { ...now, bfd: { ...now.bfd, since } };
}

function keep(earlier: number | undefined, now: number | undefined): number | undefined {
  return earlier !== undefined && now !== undefined && oneInstant(earlier, now) ? earlier : now;
}

function isUp(neighbor: Neighbor): boolean {
  return neighbor.state === "established";
}
