import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { same } from "../../../lib/values/same.ts";

/** EOS tells ages in whole seconds, so an instant that we reckon from one wanders by this much from poll to poll. */
const WANDER_MS = 2_500;

/** `next`, or the earlier object where nothing real changed: comparing is then free for everyone behind us. */
export function steadyNeighbors(before: readonly Neighbor[], next: readonly Neighbor[]): readonly Neighbor[] {
  const known = new Map(before.map((neighbor) => [neighbor.id, neighbor]));
  const steady = next.map((neighbor) => steadyNeighbor(known.get(neighbor.id), neighbor));
  return steadyList(before, steady);
}

/** Equal records of a list keep their objects, and an equal list its own. */
export function steadyList<T>(before: readonly T[], next: readonly T[]): readonly T[] {
  const steady = next.map((each, i) => (same(before[i], each) ? (before[i] ?? each) : each));
  return steady.length === before.length && steady.every((each, i) => each === before[i]) ? before : steady;
}

function steadyNeighbor(before: Neighbor | undefined, next: Neighbor): Neighbor {
  if (!before) return next;
  const lastError = next.lastError && {
    ...next.lastError,
    ...steadyInstant("at", before.lastError?.at, next.lastError.at),
  };
  const settled: Neighbor = {
    ...next,
    ...(before.state === next.state && steadyInstant("since", before.since, next.since)),
    ...(lastError && { lastError }),
  };
  return same(before, settled) ? before : settled;
}

function steadyInstant<K extends string>(key: K, before: number | undefined, next: number | undefined) {
  if (before === undefined || next === undefined || Math.abs(before - next) > WANDER_MS) return {};
  return { [key]: before } as { readonly [P in K]: number };
}
