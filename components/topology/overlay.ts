import type { TopologyLink } from "../../lib/view/topology-link.ts";
import type { SessionRow } from "../../lib/view/view.ts";

/** What the ticks of the map tell; one at a time. */
export const OVERLAYS = ["state", "prefixes", "age"] as const;
export type Overlay = (typeof OVERLAYS)[number];

export const OVERLAY_NAME: Record<Overlay, string> = { state: "State", prefixes: "Prefixes", age: "Age" };

/** From quiet to telling; drawn from `border` to `text`, never in a colour of a state. */
export const STEPS = [0, 1, 2, 3] as const;
export type Step = (typeof STEPS)[number];

export const STEP_WORDS: Record<Exclude<Overlay, "state">, readonly [string, string, string, string]> = {
  prefixes: ["none", "1 to 9", "10 to 99", "100 and more"],
  age: ["older than a day", "within a day", "within an hour", "within 10 min"],
};

/** Prefixes that the upper end of a link accepts from the lower one, over its sessions; absent when no end tells. */
export function prefixesOf(link: TopologyLink): number | undefined {
  let sum: number | undefined;
  for (const { far } of link.sessions) {
    const told = far.accepted ?? far.received;
    if (told !== undefined) sum = (sum ?? 0) + told;
  }
  return sum;
}

/** When the newest of a link's states began; epoch ms. */
export function changedAt(link: TopologyLink): number | undefined {
  const times = link.sessions.flatMap((session: SessionRow) => session.since ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** `undefined`: not told. */
export function stepOf(overlay: Exclude<Overlay, "state">, link: TopologyLink, now: number): Step | undefined {
  if (overlay === "prefixes") {
    const count = prefixesOf(link);
    return count === undefined ? undefined : count >= 100 ? 3 : count >= 10 ? 2 : count >= 1 ? 1 : 0;
  }
  const at = changedAt(link);
  if (at === undefined) return undefined;
  const min = (now - at) / 60_000;
  return min < 10 ? 3 : min < 60 ? 2 : min < 24 * 60 ? 1 : 0;
}
