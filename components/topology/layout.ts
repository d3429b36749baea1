import type { RackShape, TopologyShape } from "../../lib/view/topology-shape.ts";

/**
 * Where everything stands, from names alone: tiers from the top, racks in natural order, chips in rows inside.
 * Units are pixels at zoom 1. Nothing here knows a state, so no state can move anything.
 */
export interface Layout {
  readonly density: Density;
  /** Racks stand in several rows; the lines of the spines then run along rails between the columns. */
  readonly grid: boolean;
  readonly width: number;
  readonly height: number;
  /** Spines, borders, route reflectors and leaves. Nodes: `rectOf`. */
  readonly boxes: ReadonlyMap<string, Rect>;
  readonly racks: ReadonlyMap<string, RackPlace>;
  readonly nodes: ReadonlyMap<string, { readonly rack: string; readonly index: number }>;
  /** Of a grid: the level along which the spines' lines run before they turn into a rail. */
  readonly busY: number;
}

/** `chips`: a named chip for each node. `tiles`: a rack is one tile. `field`: all nodes, small, names when zoomed in. */
export type Density = "chips" | "tiles" | "field";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface RackPlace extends Rect {
  readonly column: number;
  /** Where the chips begin, and how they repeat; for tiles the place of the bar. */
  readonly cells: Rect & { readonly columns: number; readonly pitchX: number; readonly pitchY: number };
}

interface Measures {
  readonly rackW: number;
  readonly gapX: number;
  readonly gapY: number;
  readonly leafH: number;
  /** Between the leaves and their rack: room for the marks of the links. */
  readonly drop: number;
  readonly head: number;
  readonly cell: {
    readonly w: number;
    readonly h: number;
    readonly pitchX: number;
    readonly pitchY: number;
    readonly columns: number;
  };
  readonly inset: number;
}

const IN_ONE_ROW = 8;
const SPINE = { w: 130, h: 42, gap: 24 };
const NARROW_SPINE = { w: 70, h: 42, gap: 8 };
const MIDDLE = { w: 112, h: 44, gap: 24 };
/** From the foot of one tier to the head of the next. */
const TIER_GAP = 188;
const BUS_GAP = 40;

const CHIPS: Measures = {
  rackW: 202,
  gapX: 16,
  gapY: 56,
  leafH: 44,
  drop: 78,
  head: 44,
  inset: 16,
  cell: { w: 81, h: 30, pitchX: 89, pitchY: 38, columns: 2 },
};
const TILES: Measures = { ...CHIPS, head: 40, cell: { w: 170, h: 14, pitchX: 170, pitchY: 22, columns: 1 } };
const FIELD: Measures = { ...CHIPS, cell: { w: 15, h: 16, pitchX: 17, pitchY: 19, columns: 10 } };
/** Many racks: the leaves sit on their tile, so that a hundred of them still read on one screen. */
const GRID_TILES: Measures = {
  rackW: 144,
  gapX: 16,
  gapY: 16,
  leafH: 22,
  drop: 0,
  head: 28,
  inset: 8,
  cell: { w: 128, h: 10, pitchX: 128, pitchY: 18, columns: 1 },
};
const GRID_FIELD: Measures = {
  ...GRID_TILES,
  cell: { w: 11, h: 12, pitchX: 13, pitchY: 14, columns: 10 },
};

/** `narrow`: for a phone, where two tiles stand beside each other and the rest below them. */
export function layoutOf(shape: TopologyShape, density: Density, narrow = false): Layout {
  const grid = narrow || shape.racks.length > IN_ONE_ROW;
  const spine = narrow ? NARROW_SPINE : SPINE;
  const measures = measuresOf(density, grid);
  const columns = narrow ? 2 : grid ? columnsOf(shape.racks, measures) : shape.racks.length;
  const racksWidth = Math.max(0, columns * (measures.rackW + measures.gapX) - measures.gapX);
  const width = Math.max(
    racksWidth,
    shape.top.length * (spine.w + spine.gap) - spine.gap,
    shape.middle.length * (MIDDLE.w + MIDDLE.gap) - MIDDLE.gap,
    spine.w,
  );

  const boxes = new Map<string, Rect>();
  const isBorder = (name: string) => shape.places.get(name)?.role === "border";
  const [borders, spines] = [isBorder, (name: string) => !isBorder(name)].map((only) => shape.top.filter(only));
  let y = spread(boxes, borders ?? [], { y: 0, width, w: spine.w, h: spine.h });
  y = spread(boxes, spines ?? [], { y: y + (y > 0 ? 72 : 0), width, w: spine.w, h: spine.h });
  if (shape.middle.length > 0) {
    y = spread(boxes, shape.middle, { y: y + (y > 0 ? 96 : 0), width, w: MIDDLE.w, h: MIDDLE.h });
  }
  const busY = y + 20;
  if (y > 0) y += grid ? BUS_GAP : TIER_GAP;

  const racks = new Map<string, RackPlace>();
  const nodes = new Map<string, { rack: string; index: number }>();
  const left = (width - racksWidth) / 2;
  let bottom = y;
  for (let first = 0; first < shape.racks.length; first += columns) {
    const row = shape.racks.slice(first, first + columns);
    const leafH = row.some((rack) => rack.leaves.length > 0) || !grid ? measures.leafH : 0;
    const top = bottom + (first > 0 ? measures.gapY : 0);
    bottom = top;
    for (const [column, rack] of row.entries()) {
      const x = left + column * (measures.rackW + measures.gapX);
      placeLeaves(boxes, rack.leaves, { x, y: top, w: measures.rackW, h: leafH }, grid && density !== "chips");
      const place = placeRack(rack, { x, y: top + leafH + measures.drop, column }, measures, density);
      racks.set(rack.key, place);
      for (const [index, name] of rack.nodes.entries()) nodes.set(name, { rack: rack.key, index });
      bottom = Math.max(bottom, place.y + place.h);
    }
  }
  return { density, grid, width, height: Math.max(bottom, spine.h), boxes, racks, nodes, busY };
}

/** Many racks: leaves sit on their tile, and no line leads from one to the other. */
export function isClose(layout: Layout): boolean {
  return layout.grid && layout.density !== "chips";
}

/** Place of a device, wherever it stands; for `tiles` a node stands where its rack does. */
export function rectOf(layout: Layout, device: string): Rect | undefined {
  const box = layout.boxes.get(device);
  if (box) return box;
  const node = layout.nodes.get(device);
  const rack = node && layout.racks.get(node.rack);
  if (!node || !rack) return undefined;
  return layout.density === "tiles" ? rack : chipRect(rack, node.index);
}

export function chipRect({ cells }: RackPlace, index: number): Rect {
  return {
    x: cells.x + (index % cells.columns) * cells.pitchX,
    y: cells.y + Math.floor(index / cells.columns) * cells.pitchY,
    w: cells.w,
    h: cells.h,
  };
}

/** Which chip, counted from 0, lies at this point of the rack; it may be one that no node fills. */
export function chipAt({ cells }: RackPlace, x: number, y: number): number | undefined {
  const column = Math.floor((x - cells.x) / cells.pitchX);
  const row = Math.floor((y - cells.y) / cells.pitchY);
  if (column < 0 || row < 0 || column >= cells.columns) return undefined;
  const inside = x - cells.x - column * cells.pitchX <= cells.w && y - cells.y - row * cells.pitchY <= cells.h;
  return inside ? row * cells.columns + column : undefined;
}

export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x <= rect.x + rect.w && y >= rect.y && y <= rect.y + rect.h;
}

function measuresOf(density: Density, grid: boolean): Measures {
  if (density === "chips") return CHIPS;
  if (density === "tiles") return grid ? GRID_TILES : TILES;
  return grid ? GRID_FIELD : FIELD;
}

/** As many columns as make the whole about twice as wide as high, which is what screens leave for it. */
function columnsOf(racks: readonly RackShape[], measures: Measures): number {
  const most = Math.max(...racks.map((rack) => rack.nodes.length));
  const height = measures.leafH + measures.drop + rackHeight(most, measures) + measures.gapY;
  return Math.min(racks.length, Math.ceil(Math.sqrt((2 * racks.length * height) / (measures.rackW + measures.gapX))));
}

function rackHeight(nodes: number, { head, cell, inset }: Measures): number {
  const rows = cell.columns === 1 ? 1 : Math.max(1, Math.ceil(nodes / cell.columns));
  return head + rows * cell.pitchY - (cell.pitchY - cell.h) + inset - 2;
}

function placeRack(
  rack: RackShape,
  at: { readonly x: number; readonly y: number; readonly column: number },
  measures: Measures,
  density: Density,
): RackPlace {
  const { cell, head, rackW } = measures;
  const inner = density === "tiles" ? cell.w : (cell.columns - 1) * cell.pitchX + cell.w;
  return {
    ...at,
    w: rackW,
    h: rackHeight(rack.nodes.length, measures),
    cells: { ...cell, x: at.x + (rackW - inner) / 2, y: at.y + head },
  };
}

/** Evenly over the width, each in the middle of its share. Returns the foot of the row. */
function spread(
  boxes: Map<string, Rect>,
  names: readonly string[],
  row: { readonly y: number; readonly width: number; readonly w: number; readonly h: number },
): number {
  const share = row.width / Math.max(1, names.length);
  for (const [index, name] of names.entries()) {
    boxes.set(name, { x: share * (index + 0.5) - row.w / 2, y: row.y, w: row.w, h: row.h });
  }
  return names.length > 0 ? row.y + row.h : row.y;
}

/** One leaf stands over the middle of its rack, a pair over its sides, more share the width. */
function placeLeaves(boxes: Map<string, Rect>, names: readonly string[], band: Rect, close: boolean): void {
  const gap = close ? 2 : names.length > 2 ? 8 : 16;
  const w = (band.w - gap * (Math.max(2, names.length) - 1)) / Math.max(2, names.length);
  const left = names.length === 1 && !close ? band.x + (band.w - w) / 2 : band.x;
  const own = names.length === 1 && close ? band.w : w;
  for (const [index, name] of names.entries()) {
    boxes.set(name, { x: left + index * (w + gap), y: band.y, w: own, h: band.h });
  }
}
