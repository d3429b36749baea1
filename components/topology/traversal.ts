import type { TopologyShape } from "../../lib/view/topology-shape.ts";
import type { Subject } from "./element.ts";
import { type Layout, type Rect, rectOf } from "./layout.ts";

/** Where the keyboard can stand on the map. */
export interface Stop {
  readonly subject: Subject;
  readonly rect: Rect;
}

export type Step = "left" | "right" | "up" | "down" | "first" | "last" | "here";

/** Every device that is drawn, and where racks are tiles the racks instead of their nodes; in reading order. */
export function stopsOf(layout: Layout, shape: TopologyShape): readonly Stop[] {
  const device = (name: string): Stop[] => {
    const rect = rectOf(layout, name);
    return rect ? [{ subject: { kind: "device", name }, rect }] : [];
  };
  return [
    ...[...shape.top, ...shape.middle].flatMap(device),
    ...shape.racks.flatMap((rack): Stop[] => {
      const place = layout.racks.get(rack.key);
      const tile: Stop[] = place ? [{ subject: { kind: "rack", key: rack.key }, rect: place }] : [];
      return [...rack.leaves.flatMap(device), ...(layout.density === "tiles" ? tile : rack.nodes.flatMap(device))];
    }),
  ];
}

/** The nearest stop in that direction; what lies straight ahead is nearer than what lies aside. Stays where none is. */
export function stepFrom(stops: readonly Stop[], current: Subject | undefined, step: Step): Stop | undefined {
  const here = stops.find((stop) => current && sameSubject(stop.subject, current));
  if (step === "here") return here ?? stops[0];
  if (step === "first" || (!here && step !== "last")) return stops[0];
  if (step === "last" || !here) return stops.at(-1);

  const from = middle(here.rect);
  let best: Stop | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const stop of stops) {
    const to = middle(stop.rect);
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const ahead = step === "left" ? -dx : step === "right" ? dx : step === "up" ? -dy : dy;
    const aside = Math.abs(step === "left" || step === "right" ? dy : dx);
    if (ahead < 1) continue;
    // To the side one stays in one's row, where there is anyone; between tiers any angle will do.
    const cost = ahead + aside * (step === "left" || step === "right" ? 12 : 2);
    if (cost < bestCost) {
      best = stop;
      bestCost = cost;
    }
  }
  return best ?? here;
}

export function sameSubject(a: Subject, b: Subject): boolean {
  switch (a.kind) {
    case "device":
      return b.kind === "device" && a.name === b.name;
    case "rack":
      return b.kind === "rack" && a.key === b.key;
    case "link":
      return b.kind === "link" && a.id === b.id;
    case "trunk":
      return b.kind === "trunk" && a.leaf === b.leaf && a.rack === b.rack;
    default:
      return a satisfies never;
  }
}

function middle({ x, y, w, h }: Rect) {
  return { x: x + w / 2, y: y + h / 2 };
}
