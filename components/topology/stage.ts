import type cytoscape from "cytoscape";
import type { Core, EventObject } from "cytoscape";
import type { Scene, Subject } from "./element.ts";
import type { FieldScene } from "./field-scene.ts";
import { chipAt, type Layout, type Rect } from "./layout.ts";
import { NodeField, type Viewport } from "./node-field.ts";
import type { Palette } from "./palette.ts";
import { applyPatch, scenePatch } from "./patch.ts";
import type { Path } from "./path.ts";
import { stageStyle } from "./style.ts";

export interface StageEvents {
  /** What the pointer is over, and where in the container; `undefined` when it is over nothing. */
  onHover(hover: { readonly subject: Subject; readonly x: number; readonly y: number } | undefined): void;
  onSelect(subject: Subject | undefined): void;
  onViewport(viewport: Viewport): void;
  /** Someone drags or zooms right now. */
  onDrag(): void;
}

/** What is emphasised now. Ids are those of the scene. */
export interface Emphasis {
  readonly path?: Path;
  readonly selected: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
  readonly cursor?: string;
}

/** From here on cytoscape drags a picture of the stage instead of the stage (facts: 3.6 frames a second against 49). */
const MANY = 300;
/** Below this zoom the chips' names cannot be read, and are not drawn. */
const FAR_ZOOM = 0.5;
/** From here on the smallest names on the map are at least 8 px high. */
const READABLE_ZOOM = 0.7;
/** A small fabric grows to fill its stage, until its lines and letters would look coarse. */
const LARGEST_ZOOM = 1.35;
const MARGIN = { x: 24, y: 10 };

/** Cytoscape, the layer of ticks over it, and the one scene that both show. */
export class TopologyStage {
  readonly #cy: Core;
  readonly #field: NodeField;
  readonly #container: HTMLElement;
  readonly #ratio: number;
  #scene: Scene = new Map();
  #layout: Layout;
  #names: ReadonlyMap<string, readonly string[]> = new Map();
  #fit: "home" | "all" | undefined = "home";
  #revealed: Rect | undefined;
  #moving = false;
  #far = false;
  #pending: string[] = [];
  #lit: Emphasis = { selected: new Set(), found: new Set() };

  constructor(
    create: typeof cytoscape,
    container: HTMLElement,
    canvas: HTMLCanvasElement,
    first: { readonly scene: Scene; readonly layout: Layout; readonly palette: Palette },
    events: StageEvents,
  ) {
    const many = first.scene.size > MANY;
    this.#container = container;
    this.#layout = first.layout;
    this.#field = new NodeField(canvas);
    // Cytoscape keeps its labels as pictures and draws them between pixels: on a canvas twice as fine they stay sharp.
    // A large stage moves only at one.
    this.#ratio = many ? 1 : 2;
    this.#cy = create({
      container,
      style: stageStyle(first.palette),
      layout: { name: "preset" },
      minZoom: 0.04,
      maxZoom: 6,
      pixelRatio: this.#ratio,
      textureOnViewport: many,
      hideEdgesOnViewport: many,
      autoungrabify: true,
      autounselectify: true,
      boxSelectionEnabled: false,
    });
    this.#pending.push("peerglass:topology-painted");
    this.#listen(events);
  }

  /** Draws this scene from now on. Only what differs from the present one is touched. */
  show(scene: Scene, layout: Layout, field: FieldScene): void {
    const moved = layout !== this.#layout;
    this.#layout = layout;
    this.#names = field.names;
    this.#field.show(field);
    const patch = scenePatch(this.#scene, scene);
    applyPatch(this.#cy, patch, scene, this.#scene);
    const first = this.#scene.size === 0;
    this.#scene = scene;
    if (first || patch.add.length > 0) this.#mark(this.#lit);
    if (first || (moved && this.#fit)) this.#place(this.#fit ?? "home");
    if (this.#far) this.#cy.elements(".chip, .title, .count").addClass("far");
    if (!first) this.#pending.push("peerglass:topology-patched");
    if (first || moved || patch.add.length + patch.change.length + patch.remove.length > 0) this.#redraw();
    // No element of cytoscape's differs: its drawing stays, and the layer over it is drawn now, not a frame later.
    else this.#drawField();
  }

  look(palette: Palette): void {
    this.#cy.style(stageStyle(palette));
    this.#redraw();
  }

  emphasise(emphasis: Emphasis): void {
    this.#mark(emphasis);
  }

  /** The whole fabric, however small. */
  fit(): void {
    this.#place("all");
  }

  /** `home`: as much of it as still has names that can be read, from its upper left corner. */
  #place(fit: "home" | "all"): void {
    const { width, height } = this.#layout;
    const w = this.#container.clientWidth;
    const h = this.#container.clientHeight;
    if (w === 0 || h === 0) return;
    const wide = (w - 2 * MARGIN.x) / Math.max(1, width);
    const high = (h - 2 * MARGIN.y) / Math.max(1, height);
    const zoom = Math.max(fit === "home" ? READABLE_ZOOM : 0.04, Math.min(LARGEST_ZOOM, wide, high));
    const top = high < zoom ? MARGIN.y : Math.max(MARGIN.y, Math.min(24, (h - height * zoom) / 2));
    // Half a pixel aside, lines of one pixel fall on one pixel.
    this.#cy.viewport({
      zoom,
      pan: { x: Math.round(Math.max(MARGIN.x, (w - width * zoom) / 2)) + 0.5, y: Math.round(top) + 0.5 },
    });
    this.#fit = fit;
  }

  zoomBy(factor: number): void {
    const middle = { x: this.#container.clientWidth / 2, y: this.#container.clientHeight / 2 };
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: middle });
    this.#fit = undefined;
  }

  panBy(x: number, y: number): void {
    this.#cy.panBy({ x, y });
    this.#fit = undefined;
  }

  /** Moves as little as needed for `rect` to be seen; a map that fits shows all of it already. */
  reveal(rect: Rect): void {
    this.#revealed = rect;
    const { zoom, panX, panY, width, height } = this.viewport();
    const left = rect.x * zoom + panX;
    const top = rect.y * zoom + panY;
    const x = shift(left, left + rect.w * zoom, width);
    const y = shift(top, top + rect.h * zoom, height);
    if (x !== 0 || y !== 0) this.panBy(x, y);
  }

  /** Puts this point of the layout into the middle. */
  centre(x: number, y: number): void {
    const zoom = this.#cy.zoom();
    this.#cy.pan({ x: this.#container.clientWidth / 2 - x * zoom, y: this.#container.clientHeight / 2 - y * zoom });
    this.#fit = undefined;
  }

  resized(): void {
    this.#cy.resize();
    if (this.#fit) this.#place(this.#fit);
    // A drawer that opened must not lie over what it tells of.
    if (this.#revealed) this.reveal(this.#revealed);
    this.#redraw();
  }

  viewport(): Viewport {
    const pan = this.#cy.pan();
    return {
      zoom: this.#cy.zoom(),
      panX: pan.x,
      panY: pan.y,
      width: this.#container.clientWidth,
      height: this.#container.clientHeight,
    };
  }

  /** The whole stage at `scale`, without the layer of ticks, which `paint` draws. */
  picture(scale: number): Promise<Blob> {
    // Cytoscape multiplies by the fineness of its own canvas.
    return this.#cy.png({ output: "blob-promise", full: true, scale: scale / this.#ratio }) as Promise<Blob>;
  }

  /** Where `picture` has its corner, in units of the layout. */
  bounds(): Rect {
    const { x1, y1, w, h } = this.#cy.elements().boundingBox();
    return { x: x1, y: y1, w, h };
  }

  dispose(): void {
    this.#cy.destroy();
    this.#field.dispose();
    this.#scene = new Map();
  }

  #redraw(): void {
    // Without an element that changed, cytoscape would have nothing to draw, and would not ask for the ticks either.
    this.#cy.forceRender();
  }

  #listen(events: StageEvents): void {
    const cy = this.#cy;
    const subjectOf = (event: EventObject): Subject | undefined => {
      const target = event.target;
      if (target === cy || typeof target?.id !== "function") return undefined;
      const subject = this.#scene.get(target.id())?.subject ?? this.#lit.path?.lines.get(target.id())?.subject;
      if (subject?.kind !== "rack" || this.#layout.density !== "field") return subject;
      const rack = this.#layout.racks.get(subject.key);
      const index = rack && chipAt(rack, event.position.x, event.position.y);
      const name = index === undefined ? undefined : this.#names.get(subject.key)?.[index];
      return name === undefined ? subject : { kind: "device", name };
    };
    const hover = (event: EventObject) => {
      const subject = this.#moving ? undefined : subjectOf(event);
      events.onHover(subject && { subject, x: event.renderedPosition.x, y: event.renderedPosition.y });
    };
    cy.on("mouseover", "node, edge", hover);
    cy.on("mousemove", "node.rack", (event) => this.#layout.density === "field" && hover(event));
    cy.on("mouseout", "node, edge", () => events.onHover(undefined));
    cy.on("tap", (event) => {
      // The drawer tells it from here on, and the map may move away from under the pointer.
      events.onHover(undefined);
      events.onSelect(subjectOf(event));
    });
    cy.on("mousedown", () => {
      this.#moving = true;
    });
    cy.on("mouseup", () => {
      this.#moving = false;
    });
    cy.on("dragpan scrollzoom pinchzoom", () => {
      this.#fit = undefined;
      this.#revealed = undefined;
      events.onDrag();
      events.onHover(undefined);
    });
    cy.on("viewport resize", () => {
      this.#level();
      events.onViewport(this.viewport());
    });
    cy.on("render", () => this.#drawField());
  }

  #drawField(): void {
    this.#field.draw(this.viewport(), this.#ratio);
    for (const mark of this.#pending.splice(0)) {
      // Kept for the benchmark and for the browser's own tools; one of each, so that a wallboard does not gather them.
      performance.clearMarks(mark);
      performance.mark(mark);
    }
  }

  /** Far away the chips are silent and their rack speaks up, in the same place. */
  #level(): void {
    const far = this.#layout.density === "chips" && this.#cy.zoom() < FAR_ZOOM;
    if (far === this.#far) return;
    this.#far = far;
    this.#cy.elements(".chip, .title, .count").toggleClass("far", far);
  }

  #mark(emphasis: Emphasis): void {
    const cy = this.#cy;
    const before = this.#lit;
    this.#lit = emphasis;
    const { path } = emphasis;
    cy.batch(() => {
      if (before.path !== path) {
        const old = before.path?.lines ?? new Map();
        const lines = path?.lines ?? new Map();
        // Path lines hang on elements of the scene, and are told from it only by their ids.
        const stage = new Map([...this.#scene, ...lines]);
        const add = [...lines.keys()];
        for (const id of old.keys()) cy.getElementById(id).remove();
        applyPatch(cy, { add, change: [], remove: [] }, stage, this.#scene);
      }
      cy.elements(".lit, .aside, .faded, .selected, .chosen, .found, .cursor").removeClass(
        "lit aside faded selected chosen found cursor",
      );
      if (path) {
        for (const id of path.lit) cy.getElementById(id).addClass("lit");
        cy.edges(".line.up").not(".lit").addClass("faded");
        cy.nodes(".box").not(".lit").addClass("aside");
      }
      for (const id of emphasis.selected) cy.getElementById(id).addClass(id.startsWith("l:") ? "chosen" : "selected");
      for (const id of emphasis.found) cy.getElementById(id).addClass("found");
      if (emphasis.cursor) cy.getElementById(emphasis.cursor).addClass("cursor");
    });
  }
}

function shift(from: number, to: number, size: number): number {
  const room = 8;
  if (from < room) return room - from;
  return to > size - room ? Math.max(room - from, size - room - to) : 0;
}
