import type { Core, ElementDefinition } from "cytoscape";
import { type Scene, type StageElement, sameElement } from "./element.ts";

export interface ScenePatch {
  readonly add: readonly string[];
  readonly change: readonly string[];
  readonly remove: readonly string[];
}

/** What turns `before` into `after`. */
export function scenePatch(before: Scene, after: Scene): ScenePatch {
  const add: string[] = [];
  const change: string[] = [];
  for (const [id, element] of after) {
    const old = before.get(id);
    if (!old) add.push(id);
    // A line that now hangs on other nodes is another line.
    else if (old.group !== element.group || otherEnds(old, element)) add.push(id);
    else if (!sameElement(old, element)) change.push(id);
  }
  const remove = [...before.keys()].filter((id) => {
    const now = after.get(id);
    const old = before.get(id);
    return !now || !old || old.group !== now.group || otherEnds(old, now);
  });
  return { add, change, remove };
}

/** Applies it in one batch: one redraw, whatever its size. Classes that are not ours to set (`on`, `found`) stay. */
export function applyPatch(cy: Core, { add, change, remove }: ScenePatch, after: Scene, before: Scene): void {
  cy.batch(() => {
    for (const id of remove) cy.getElementById(id).remove();
    const sorted = add.flatMap((id) => {
      const element = after.get(id);
      return element ? [definition(id, element, after)] : [];
    });
    // Nodes first: a line must find its ends.
    cy.add(sorted.filter((element) => element.group === "nodes"));
    cy.add(sorted.filter((element) => element.group === "edges"));
    for (const id of change) {
      const element = after.get(id);
      const old = before.get(id);
      if (!element || !old) continue;
      const drawn = cy.getElementById(id);
      const { data, position } = definition(id, element, after);
      if (!("bends" in data)) drawn.removeData("bends weights");
      drawn.data(data);
      if (position) drawn.position(position);
      if (old.classes !== element.classes) {
        drawn.removeClass(old.classes);
        drawn.addClass(element.classes);
      }
    }
  });
}

export function definition(id: string, element: StageElement, scene: Scene): ElementDefinition {
  if (element.group === "nodes") {
    const { at, classes, label, w, h, room } = element;
    // A chip's words begin after its ticks, which stand at its left edge: told from the right one.
    const shift = -(room ?? 0) - 5;
    return {
      group: "nodes",
      classes,
      // A drag that begins on a rack moves the map as one that begins beside it.
      pannable: true,
      position: { ...at },
      data: { id, w, h, room: room ?? 1000, shift, ...(label !== undefined && { label }) },
    };
  }
  const { from, to, points, classes } = element;
  const [first] = points;
  const last = points[points.length - 1] ?? first;
  const bends = points.slice(1, -1);
  const along = bends.map((point) => inFrame(first, last, point));
  return {
    group: "edges",
    classes,
    data: {
      id,
      source: from,
      target: to,
      start: relative(scene.get(from), first),
      end: relative(scene.get(to), last),
      ...(along.length > 0 && {
        weights: along.map(({ weight }) => weight).join(" "),
        bends: along.map(({ distance }) => distance).join(" "),
      }),
    },
  };
}

/** A point told along the straight line from `a` to `b`, and across it: cytoscape's words for a bend. */
export function inFrame(a: Point, b: Point, point: Point): { weight: number; distance: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy) || 1;
  const px = point.x - a.x;
  const py = point.y - a.y;
  return {
    weight: round((px * dx + py * dy) / (length * length)),
    distance: round((-px * dy + py * dx) / length),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function relative(node: StageElement | undefined, point: Point): string {
  const at = node?.group === "nodes" ? node.at : { x: 0, y: 0 };
  return `${round(point.x - at.x)}px ${round(point.y - at.y)}px`;
}

function otherEnds(a: StageElement, b: StageElement): boolean {
  return a.group === "edges" && b.group === "edges" && (a.from !== b.from || a.to !== b.to);
}

/** Never in the exponent's notation, which cytoscape does not read. */
function round(value: number): number {
  return Math.round(value * 1e5) / 1e5 || 0;
}
