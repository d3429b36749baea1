import type { StylesheetJson, StylesheetJsonBlock } from "cytoscape";
import type { Palette } from "./palette.ts";

export const SANS = '"Inter Variable", Inter, system-ui, sans-serif';
export const MONO = '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace';

/** What lies over what; cytoscape compares the numbers only. */
const LAYER = { rack: 1, line: 4, path: 6, abnormal: 8, box: 10, text: 12, mark: 14 } as const;

const LINE = {
  down: { token: "downMark", width: 2.5, dashes: undefined, cap: "butt" },
  degraded: { token: "degradedMark", width: 2, dashes: [6, 4], cap: "butt" },
  unknown: { token: "unknown", width: 2, dashes: [0.1, 5], cap: "round" },
  "admin-down": { token: "admin", width: 2, dashes: [12, 5], cap: "butt" },
} as const;

const SHAPE = { down: "rectangle", degraded: "triangle", unknown: "ellipse", "admin-down": "diamond" } as const;

/** Looks of every class that `elements.ts` gives. No text of a device reaches this file. */
export function stageStyle(palette: Palette): StylesheetJson {
  const { border, line, panel, text } = palette;
  return [
    rule("node", {
      width: "data(w)",
      height: "data(h)",
      shape: "rectangle",
      "z-index-compare": "manual",
      "background-opacity": 0,
      "border-width": 0,
      "font-family": SANS,
      "font-size": 13,
      color: text,
      "text-wrap": "ellipsis",
      "text-max-width": "data(room)",
      "min-zoomed-font-size": 5,
      "overlay-opacity": 0,
      events: "no",
    }),
    rule("node[label]", { label: "data(label)" }),
    rule(".anchor", { opacity: 0, "z-index": 0 }),
    ...boxes(palette),
    ...racks(palette),
    ...marks(palette),
    rule("edge", {
      "curve-style": "straight",
      "source-endpoint": "data(start)",
      "target-endpoint": "data(end)",
      "z-index-compare": "manual",
      "z-index": LAYER.line,
      width: 1,
      "line-color": line,
      "overlay-opacity": 0,
    }),
    rule("edge[bends]", {
      "curve-style": "round-segments",
      "edge-distances": "endpoints",
      "segment-weights": "data(weights)",
      "segment-distances": "data(bends)",
      "segment-radii": 4,
      "radius-type": "arc-radius",
    }),
    rule(".rail", { events: "no", "z-index": 0 }),
    rule(".faded", { opacity: 0.4 }),
    ...lines(palette),
    rule(".path", { width: 1.5, "line-color": text, "z-index": LAYER.path }),
    rule(".line.chosen", { "underlay-color": text, "underlay-opacity": 0.18, "underlay-padding": 5 }),
    rule(".box.lit, .chip.lit", { "border-color": palette.muted, color: text }),
    rule(".box.selected, .chip.selected", {
      "border-color": text,
      color: text,
      "background-color": palette.raised,
      "border-style": "solid",
    }),
    rule(".rack.selected, .rack.lit", { "border-color": palette.muted }),
    rule(".found", { "border-color": palette.info, "border-width": 2 }),
    rule(".box.aside", { "border-color": border }),
    rule(".box.silent.aside", { "border-color": palette.unknown }),
    rule(".line.up.lit", { width: 1.5, "line-color": text, opacity: 1, "z-index": LAYER.path }),
    rule(".cursor", {
      "outline-width": 2,
      "outline-color": palette.info,
      "outline-offset": 2,
      "outline-style": "solid",
    }),
    // Far away the chips say nothing any more; their rack does, in the same place.
    rule(".far.chip", { "text-opacity": 0 }),
    rule(".far.title, .far.count", { "font-size": 20, "min-zoomed-font-size": 4 }),
    rule(".far.box", { "border-color": border, "background-color": panel }),
  ];
}

/** The typings lag behind cytoscape 3.34 (`round-segments`, mapped lists): the test asks cytoscape itself instead. */
function rule(selector: string, style: Readonly<Record<string, unknown>>): StylesheetJsonBlock {
  return { selector, style } as StylesheetJsonBlock;
}

function boxes({ border, canvas, faint, line, muted, panel, unknown }: Palette): StylesheetJson {
  return [
    rule(".box", {
      shape: "round-rectangle",
      "corner-radius": 4,
      "background-opacity": 1,
      "background-color": panel,
      "border-width": 1,
      "border-color": line,
      "z-index": LAYER.box,
      "text-halign": "center",
      "text-valign": "center",
      "text-margin-y": -8,
      events: "yes",
    }),
    // Beside the sign that the field may draw in it.
    rule(".box.small", {
      "text-margin-y": 0,
      "text-margin-x": -5,
      "font-size": 12,
      "border-color": border,
      color: muted,
    }),
    rule(".box.silent", {
      "border-style": "dashed",
      "border-dash-pattern": [2, 3],
      "border-color": unknown,
      color: faint,
    }),
    rule(".caption", {
      "z-index": LAYER.text,
      "font-family": MONO,
      "font-size": 12,
      color: faint,
      "text-halign": "center",
      "text-valign": "center",
    }),
    rule(".chip", {
      shape: "round-rectangle",
      "corner-radius": 4,
      "background-opacity": 1,
      "background-color": canvas,
      "border-width": 1,
      "border-color": border,
      "z-index": LAYER.box,
      "font-size": 12,
      color: muted,
      "text-halign": "right",
      "text-valign": "center",
      "text-margin-x": "data(shift)",
      events: "yes",
    }),
    rule(".chip.silent", {
      "border-style": "dashed",
      "border-dash-pattern": [2, 3],
      "border-color": unknown,
      color: faint,
    }),
  ];
}

function racks({ border, faint, panel, text, unknown }: Palette): StylesheetJson {
  return [
    rule(".rack", {
      shape: "round-rectangle",
      "corner-radius": 6,
      "background-opacity": 1,
      "background-color": panel,
      "border-width": 1,
      "border-color": border,
      "z-index": LAYER.rack,
      events: "yes",
    }),
    rule(".rack.tile.unknown", { "border-style": "dashed", "border-color": unknown }),
    rule(".title, .count, .words", { "z-index": LAYER.text, "text-halign": "right", "text-valign": "center" }),
    rule(".title", { "font-weight": 600, color: text }),
    rule(".title.nameless", { "font-weight": 400, color: faint }),
    rule(".count", { "font-size": 12, color: faint }),
  ];
}

/** Two kinds: a mark on a line has a gap of the canvas around it, a sign stands in a box or a rack. */
function marks(palette: Palette): StylesheetJson {
  const kinds = Object.entries(SHAPE) as [keyof typeof SHAPE, (typeof SHAPE)[keyof typeof SHAPE]][];
  return [
    rule(".mark, .sign", { "background-opacity": 1, "z-index": LAYER.mark, events: "yes" }),
    rule(".mark", {
      "underlay-color": palette.canvas,
      "underlay-opacity": 1,
      "underlay-padding": 4,
      "underlay-shape": "ellipse",
    }),
    ...kinds.map(([status, shape]) =>
      rule(`.mark.${status}, .sign.${status}`, { shape, "background-color": palette[LINE[status].token] }),
    ),
    rule(".mark.unknown, .sign.unknown", {
      "background-opacity": 0,
      "border-width": 1.6,
      "border-style": "dashed",
      "border-dash-pattern": [2, 1.61],
      "border-color": palette.unknown,
    }),
    rule(".words", {
      "font-size": 12,
      "text-background-color": palette.canvas,
      "text-background-opacity": 0.9,
      "text-background-padding": 1,
    }),
    ...kinds.map(([status]) =>
      rule(`.words.${status}`, { color: palette[status === "admin-down" ? "admin" : status] }),
    ),
  ];
}

function lines(palette: Palette): StylesheetJson {
  const states = (Object.keys(LINE) as (keyof typeof LINE)[]).map((status) => {
    const { token, width, dashes, cap } = LINE[status];
    return rule(`.line.${status}`, {
      width,
      "line-color": palette[token],
      "z-index": LAYER.abnormal,
      "line-cap": cap,
      ...(dashes && { "line-style": "dashed", "line-dash-pattern": [...dashes] }),
    });
  });
  return [
    ...states,
    // The half of an end that still calls the session up: as strong as the other, and broken.
    rule(".line.denied", { "line-style": "dashed", "line-dash-pattern": [3, 3], "line-cap": "butt" }),
    // Old answers are pale; their age is in the card.
    rule(".line.stale", { opacity: 0.5 }),
  ];
}
