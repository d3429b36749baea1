import type { TopologyLink } from "../../lib/view/topology-link.ts";
import type { TopologyShape } from "../../lib/view/topology-shape.ts";
import { type Layout, type RackPlace, type Rect, rectOf } from "./layout.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line on the map, from the upper end to the lower one, and where its mark stands. */
export interface Route {
  readonly points: readonly [Point, Point, ...Point[]];
  readonly mark: Point;
  /** Lines that share it run together for most of their way, and share a mark for each state. */
  readonly gutter: string;
}

/** How far the lines of a leaf run down before they turn. */
const TURN = 16;
const GUTTER = 8;

/** The way of one link over the present layout; `undefined` where it has none (both ends in one tile). */
export function routeOf(layout: Layout, shape: TopologyShape, link: TopologyLink): Route | undefined {
  const upper = rectOf(layout, link.far);
  const lower = rectOf(layout, link.near);
  if (!upper || !lower || upper === lower) return undefined;
  const node = layout.nodes.get(link.near);
  const rack = node && layout.racks.get(node.rack);

  if (rack && !layout.nodes.has(link.far)) {
    if (shape.places.get(link.far)?.tier !== "leaf") return upToRack(layout, upper, lower, rack, link);
    return layout.density === "tiles"
      ? toRack(upper, rack, `${link.far}\n${node.rack}`)
      : toChip(layout, link, upper, lower, rack);
  }
  if (lower.y + lower.h <= upper.y) return turned(straight(lower, upper, link, shape));
  if (upper.y + upper.h > lower.y) return level(upper, lower, link);
  return layout.grid
    ? alongRail(layout, upper, lower, rackOf(layout, shape, link.near))
    : straight(upper, lower, link, shape);
}

/** From a leaf to the head of a rack; the healthy line that stands for all its nodes runs here too. */
export function toRack(leaf: Rect, rack: Rect, gutter: string, shift = 0): Route | undefined {
  const from = { x: middle(leaf) + shift, y: leaf.y + leaf.h };
  if (rack.y - from.y < TURN) return undefined;
  const inside = from.x > rack.x && from.x < rack.x + rack.w;
  // Above the marks of single links, because words stand beside it.
  const mark = (x: number) => ({ x, y: Math.max(from.y + TURN + 8, rack.y - 44) });
  if (inside) return { points: [from, { x: from.x, y: rack.y }], mark: mark(from.x), gutter };
  const x = from.x < rack.x ? rack.x + 28 : rack.x + rack.w - 28;
  const y = rack.y - 50;
  return { points: [from, { x: from.x, y }, { x, y }, { x, y: rack.y }], mark: mark(x), gutter };
}

/** Down the gutter beside the chip's column, and into its side: never over another chip. */
function toChip(layout: Layout, link: TopologyLink, leaf: Rect, chip: Rect, rack: RackPlace): Route {
  const onLeft = middle(leaf) < rack.x + rack.w / 2;
  const x = gutterX(layout, rack, chip, onLeft);
  const y = chip.y + chip.h / 2;
  const end = { x: x < chip.x ? chip.x : chip.x + chip.w, y };
  const foot = leaf.y + leaf.h;
  const mark = { x, y: Math.max(foot + TURN + 8, rack.y - 20) };
  const gutter = `${link.far}\n${Math.round(x)}`;
  if (x > leaf.x + 4 && x < leaf.x + leaf.w - 4) {
    return { points: [{ x, y: foot }, { x, y }, end], mark, gutter };
  }
  // Beside the middle, where the healthy line leaves.
  const start = middle(leaf) + (x < leaf.x ? -1 : 1) * Math.min(30, leaf.w / 3);
  return {
    points: [{ x: start, y: foot }, { x: start, y: foot + TURN }, { x, y: foot + TURN }, { x, y }, end],
    mark,
    gutter,
  };
}

function gutterX(layout: Layout, rack: RackPlace, chip: Rect, onLeft: boolean): number {
  if (layout.density === "field") return onLeft ? rack.x + GUTTER / 2 : rack.x + rack.w - GUTTER / 2;
  return onLeft ? chip.x - GUTTER : chip.x + chip.w + 4;
}

/** A node that speaks to a spine or a route reflector itself. */
function upToRack(layout: Layout, upper: Rect, chip: Rect, rack: RackPlace, link: TopologyLink): Route {
  const end = layout.density === "tiles" ? { x: middle(rack), y: rack.y } : { x: middle(chip), y: chip.y };
  const x = rack.x - 6;
  const y = layout.busY;
  return {
    points: [foot(upper), { x: middle(upper), y }, { x, y }, { x, y: end.y - 5 }, { x: end.x, y: end.y - 5 }, end],
    mark: { x, y: (y + end.y) / 2 },
    gutter: `${link.far}\n${Math.round(x)}`,
  };
}

function straight(upper: Rect, lower: Rect, link: TopologyLink, shape: TopologyShape): Route {
  const from = foot(upper);
  const to = { x: middle(lower), y: lower.y };
  // Neighbouring lines carry their marks at different heights, so that they do not lie on each other.
  const rank = shape.top.indexOf(link.far);
  const share = 0.62 - (rank < 0 ? 0 : (rank % 4) * 0.09);
  const mark = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  return { points: [from, to], mark, gutter: link.id };
}

function alongRail(layout: Layout, upper: Rect, lower: Rect, rack: Rect | undefined): Route {
  const from = foot(upper);
  const to = { x: middle(lower), y: lower.y };
  const y = layout.busY;
  // Through the gap at its own side of the rack, never over a tile.
  const x = rack && middle(lower) > middle(rack) + 1 ? rack.x + rack.w + 8 : (rack ?? lower).x - 8;
  const turn = to.y - 6;
  const points: Route["points"] =
    turn - y < TURN
      ? [from, { x: from.x, y }, { x: to.x, y }, to]
      : [from, { x: from.x, y }, { x, y }, { x, y: turn }, { x: to.x, y: turn }, to];
  return { points, mark: { x: turn - y < TURN ? to.x : x, y: Math.max(y + 10, turn - 10) }, gutter: `${x}\n${to.y}` };
}

/** The same way, told from its other end. */
function turned({ points, mark, gutter }: Route): Route {
  const [first, second, ...rest] = points.toReversed();
  return { points: [first ?? mark, second ?? mark, ...rest], mark, gutter };
}

function rackOf(layout: Layout, shape: TopologyShape, device: string): Rect | undefined {
  return layout.racks.get(shape.places.get(device)?.rack ?? "");
}

/** Two equals: side to side where they stand next to each other, else over the heads of those between. */
function level(a: Rect, b: Rect, link: TopologyLink): Route {
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  if (right.x - left.x - left.w > left.w || Math.abs(a.y - b.y) > a.h) {
    const y = Math.min(a.y, b.y) - 7;
    const points: Route["points"] = [
      { x: middle(a), y: a.y },
      { x: middle(a), y },
      { x: middle(b), y },
      { x: middle(b), y: b.y },
    ];
    return { points, mark: { x: (middle(a) + middle(b)) / 2, y }, gutter: link.id };
  }
  const from = { x: left.x + left.w, y: left.y + left.h / 2 };
  const to = { x: right.x, y: right.y + right.h / 2 };
  const mark = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { points: a.x <= b.x ? [from, to] : [to, from], mark, gutter: link.id };
}

function middle(rect: Rect): number {
  return rect.x + rect.w / 2;
}

function foot(rect: Rect): Point {
  return { x: middle(rect), y: rect.y + rect.h };
}
