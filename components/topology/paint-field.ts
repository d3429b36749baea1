import { byWorst, SESSION_STATUSES, type SessionStatus } from "../../lib/fabric/session.ts";
import { STATUS_SHAPES } from "../ui/status-shapes.ts";
import type { FieldScene } from "./field-scene.ts";
import { label } from "./label.ts";
import { chipRect, type RackPlace, type Rect } from "./layout.ts";
import { STEPS } from "./overlay.ts";
import type { Palette } from "./palette.ts";
import { SANS } from "./style.ts";
import type { RackTicks, Tick } from "./ticks.ts";

const NAME_PX = 46;
const ORDER: readonly Tick[] = ["none", ...STEPS, ...[...SESSION_STATUSES].reverse()];

/** Draws in the layout's own units: for the screen, and for the exported picture. */
export function paint(
  context: CanvasRenderingContext2D,
  scene: FieldScene,
  zoom: number,
  shown: (rack: RackPlace) => boolean,
): void {
  const racks = [...scene.layout.racks].filter(([, place]) => shown(place));
  if (scene.layout.density === "field") paintChips(context, scene, racks);
  if (scene.layout.density === "tiles" || zoom >= 0.3 || scene.layout.density === "field") {
    paintTicks(context, scene, racks);
  }
  if (scene.layout.density === "field") paintNames(context, scene, racks, zoom);
  for (const [key, place] of racks) {
    if (scene.dark.has(key)) hatch(context, place, scene.palette.hatch, 6, 7);
    else
      for (const index of scene.stale.get(key) ?? [])
        paintStale(context, scene, place, index, scene.ticks.get(key)?.length ?? 0);
  }
  paintSigns(context, scene);
}

/** What is old stays as it was told, under a hatch. */
function paintStale(
  context: CanvasRenderingContext2D,
  { layout, palette }: FieldScene,
  place: RackPlace,
  index: number,
  nodes: number,
): void {
  if (layout.density !== "tiles") {
    hatch(context, chipRect(place, index), palette.line, 3, 5, 1);
    return;
  }
  const { cells } = place;
  const { places, pitch } = barOf(place, nodes);
  const at = Math.min(places - 1, Math.floor((index * places) / Math.max(1, nodes)));
  hatch(context, { x: cells.x + at * pitch, y: cells.y - 1, w: pitch, h: cells.h + 2 }, palette.panel, 0, 4);
}

function paintSigns(context: CanvasRenderingContext2D, { signs, counts, palette }: FieldScene): void {
  if (counts.length === 0) return;
  context.font = `400 12px ${SANS}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = palette.faint;
  for (const { x, y, text } of counts) context.fillText(text, x, y + 0.5);
  context.textAlign = "left";
  for (const { x, y, size, status } of signs) {
    context.save();
    context.translate(x - size / 2, y - size / 2);
    context.scale(size / 12, size / 12);
    drawSign(context, status, statusColour(palette)[status]);
    context.restore();
  }
}

/** The shapes of `status-shapes.ts`, in a box of 12 by 12. */
export function drawSign(context: CanvasRenderingContext2D, status: SessionStatus, colour: string): void {
  const { d, dashed } = STATUS_SHAPES[status];
  const path = new Path2D(d);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (!dashed) {
    context.fill(path);
    return;
  }
  context.lineWidth = dashed.width;
  context.setLineDash(dashed.dashes.split(" ").map(Number));
  context.stroke(path);
  context.setLineDash([]);
}

type Racks = readonly (readonly [string, RackPlace])[];

function paintChips(context: CanvasRenderingContext2D, { ticks, palette }: FieldScene, racks: Racks): void {
  context.fillStyle = palette.canvas;
  for (const [key, place] of racks) {
    const count = ticks.get(key)?.length ?? 0;
    for (let index = 0; index < count; index += 1) {
      const { x, y, w, h } = chipRect(place, index);
      context.fillRect(x, y, w, h);
    }
  }
}

function paintTicks(context: CanvasRenderingContext2D, { layout, ticks, palette }: FieldScene, racks: Racks): void {
  // One fill style after another: changing it is what costs.
  const byTick = new Map<Tick, number[]>();
  const put = (tick: Tick, x: number, y: number, w: number, h: number) => {
    const list = byTick.get(tick);
    if (list) list.push(x, y, w, h);
    else byTick.set(tick, [x, y, w, h]);
  };
  for (const [key, place] of racks) {
    const nodes = ticks.get(key) ?? [];
    if (layout.density === "tiles") putBar(put, place, nodes);
    else for (const [index, own] of nodes.entries()) putChip(put, place, index, own, layout.density === "field");
  }
  for (const tick of ORDER) {
    const rects = byTick.get(tick);
    if (!rects) continue;
    context.fillStyle = tickColour(tick, palette);
    for (let at = 0; at + 3 < rects.length; at += 4) {
      const [x = 0, y = 0, w = 0, h = 0] = rects.slice(at, at + 4);
      drawTick(context, tick, x, y, w, h);
    }
  }
}

type PutTick = (tick: Tick, x: number, y: number, w: number, h: number) => void;

function putChip(put: PutTick, place: RackPlace, index: number, own: readonly Tick[], small: boolean): void {
  const chip = chipRect(place, index);
  const h = small ? chip.h - 4 : 10;
  const y = chip.y + (chip.h - h) / 2;
  const pitch = small ? Math.min(5, (chip.w - 2) / Math.max(1, own.length)) : 5;
  const start = small ? chip.x + (chip.w - pitch * (own.length - 1)) / 2 : chip.x + 8;
  for (const [at, tick] of own.entries()) put(tick, start + at * pitch, y, small ? 2 : 2.5, h);
}

/** A tick a node as long as there is room for each; then a tick for several, telling the worst of them. */
function putBar(put: PutTick, place: RackPlace, nodes: RackTicks): void {
  const { cells } = place;
  const { places, pitch } = barOf(place, nodes.length);
  for (let at = 0; at < places; at += 1) {
    const from = Math.floor((at * nodes.length) / places);
    const to = Math.max(from + 1, Math.floor(((at + 1) * nodes.length) / places));
    const tick = nodes.slice(from, to).flat().reduce(worse, "none");
    put(tick, cells.x + (at + 0.5) * pitch, cells.y, Math.min(3, pitch * 0.6), cells.h);
  }
}

function barOf({ cells }: RackPlace, nodes: number): { readonly places: number; readonly pitch: number } {
  const places = Math.min(nodes, Math.floor(cells.w / 2));
  return { places, pitch: Math.min(cells.w / Math.max(1, places), 8) };
}

function worse(a: Tick, b: Tick): Tick {
  if (a === "none" || typeof a === "number")
    return b === "none" ? a : typeof b === "number" && a !== "none" && a > b ? a : b;
  if (b === "none" || typeof b === "number") return a;
  return byWorst(a, b) <= 0 ? a : b;
}

/** The states differ in form too: a block, a broken line, dots, half a line, a whole thin line. */
function drawTick(context: CanvasRenderingContext2D, tick: Tick, x: number, y: number, w: number, h: number): void {
  const left = x - w / 2;
  switch (tick) {
    case "down":
      context.fillRect(left - w * 0.3, y - 0.5, w * 1.6, h + 1);
      return;
    case "degraded":
      context.fillRect(left, y, w, h * 0.4);
      context.fillRect(left, y + h * 0.6, w, h * 0.4);
      return;
    case "unknown":
      for (const at of [0, 0.4, 0.8]) context.fillRect(left, y + h * at, w, h * 0.2);
      return;
    case "admin-down":
      context.fillRect(left, y + h * 0.3, w, h * 0.4);
      return;
    case "none":
      context.fillRect(left, y + h * 0.8, w, h * 0.2);
      return;
    default:
      context.fillRect(left, y, w, h);
  }
}

export function tickColour(tick: Tick, palette: Palette): string {
  if (tick === "none") return palette.border;
  if (typeof tick === "number")
    return [palette.border, palette.line, palette.muted, palette.text][tick] ?? palette.line;
  return statusColour(palette)[tick];
}

function statusColour(palette: Palette): Record<SessionStatus, string> {
  return {
    down: palette.downMark,
    degraded: palette.degradedMark,
    unknown: palette.unknown,
    "admin-down": palette.admin,
    up: palette.line,
  };
}

function paintNames(context: CanvasRenderingContext2D, scene: FieldScene, racks: Racks, zoom: number): void {
  const cell = racks[0]?.[1].cells;
  if (!cell || cell.w * zoom < NAME_PX) return;
  const px = Math.min(3.2, 11 / zoom);
  context.font = `400 ${px}px ${SANS}`;
  context.textBaseline = "top";
  context.fillStyle = scene.palette.muted;
  for (const [key, place] of racks) {
    for (const [index, name] of (scene.names.get(key) ?? []).entries()) {
      const chip = chipRect(place, index);
      context.fillText(label(name), chip.x + 0.5, chip.y + 0.3, chip.w - 1);
    }
  }
}

function hatch(
  context: CanvasRenderingContext2D,
  { x, y, w, h }: Rect,
  colour: string,
  radius: number,
  pitch: number,
  width = 2,
): void {
  context.save();
  context.beginPath();
  context.roundRect(x, y, w, h, radius);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (let at = -h; at < w; at += pitch) {
    context.moveTo(x + at, y + h);
    context.lineTo(x + at + h, y);
  }
  context.stroke();
  context.restore();
}
