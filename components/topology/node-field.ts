import type { FieldScene } from "./field-scene.ts";
import type { RackPlace } from "./layout.ts";
import { paint } from "./paint-field.ts";

export interface Viewport {
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
  readonly width: number;
  readonly height: number;
}

/** Bitmaps up to this many pixels are kept, so that a drag only copies them. */
const KEPT_PX = 6_000_000;

/**
 * A layer of its own over cytoscape's: five thousand nodes are ten thousand rectangles here, where as elements they
 * would be ten times slower to drag (facts: 41-44 frames a second against 3.6).
 */
export class NodeField {
  readonly #canvas: HTMLCanvasElement;
  #scene: FieldScene | undefined;
  #kept: { readonly zoom: number; readonly ratio: number; readonly bitmap: HTMLCanvasElement } | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  show(scene: FieldScene): void {
    this.#scene = scene;
    this.#kept = undefined;
  }

  draw(viewport: Viewport, ratio: number): void {
    const { zoom, panX, panY, width, height } = viewport;
    const canvas = this.#canvas;
    const pixels = { w: Math.round(width * ratio), h: Math.round(height * ratio) };
    if (canvas.width !== pixels.w || canvas.height !== pixels.h) {
      canvas.width = pixels.w;
      canvas.height = pixels.h;
    }
    const context = canvas.getContext("2d");
    const scene = this.#scene;
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!scene) return;

    const { layout } = scene;
    const scale = zoom * ratio;
    const whole = { w: Math.ceil((layout.width + 2) * scale), h: Math.ceil((layout.height + 2) * scale) };
    if (layout.density === "chips" || whole.w * whole.h > KEPT_PX) {
      context.setTransform(scale, 0, 0, scale, panX * ratio, panY * ratio);
      const seen = { x: -panX / zoom, y: -panY / zoom, w: width / zoom, h: height / zoom };
      paint(context, scene, zoom, (rack) => overlaps(rack, seen));
      return;
    }
    if (this.#kept?.zoom !== zoom || this.#kept.ratio !== ratio) {
      const bitmap = document.createElement("canvas");
      bitmap.width = whole.w;
      bitmap.height = whole.h;
      const inner = bitmap.getContext("2d");
      if (!inner) return;
      inner.setTransform(scale, 0, 0, scale, 0, 0);
      paint(inner, scene, zoom, () => true);
      this.#kept = { zoom, ratio, bitmap };
    }
    context.drawImage(this.#kept.bitmap, Math.round(panX * ratio), Math.round(panY * ratio));
  }

  dispose(): void {
    this.#scene = undefined;
    this.#kept = undefined;
    this.#canvas.width = 0;
  }
}

function overlaps(a: RackPlace, b: { x: number; y: number; w: number; h: number }): boolean {
  return a.x < b.x + b.w && a.x + a.w > b.x && a.y < b.y + b.h && a.y + a.h > b.y;
}
