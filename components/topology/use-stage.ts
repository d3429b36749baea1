"use client";

import { useTheme } from "next-themes";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Topology } from "../../lib/view/topology.ts";
import type { Subject } from "./element.ts";
import { sceneOf } from "./elements.ts";
import { type FieldScene, fieldOf } from "./field-scene.ts";
import type { Layout } from "./layout.ts";
import { standIn } from "./link-elements.ts";
import type { Viewport } from "./node-field.ts";
import type { Overlay } from "./overlay.ts";
import { type Palette, paletteOf, readPalette } from "./palette.ts";
import { pathOf } from "./path.ts";
import { type StageEvents, TopologyStage } from "./stage.ts";

export interface StageInput {
  readonly topology: Topology;
  readonly layout: Layout;
  readonly overlay: Overlay;
  readonly now: number;
  readonly hovered?: Subject | undefined;
  readonly selected?: Subject | undefined;
  readonly cursor?: Subject | undefined;
  readonly found: ReadonlySet<string>;
}

/** The stage in these two elements, made once cytoscape is there, kept in step with `input`, and taken down at the end. */
export function useStage(
  container: RefObject<HTMLDivElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  input: StageInput,
  events: StageEvents,
): { readonly stage: TopologyStage | undefined; readonly field: FieldScene; readonly palette: Palette | undefined } {
  const { topology, layout, overlay, hovered, selected, cursor, found } = input;
  const [stage, setStage] = useState<TopologyStage>();
  const palette = usePalette();
  const scene = useMemo(() => sceneOf(topology, layout), [topology, layout]);
  // Age moves by itself, and slowly: its steps are minutes.
  const minute = overlay === "age" ? Math.floor(input.now / 60_000) * 60_000 : 0;
  const field = useMemo(
    () => fieldOf(topology, layout, overlay, minute, palette ?? BLANK),
    [topology, layout, overlay, minute, palette],
  );

  const latest = useRef({ scene, layout, field, palette, events });
  useEffect(() => {
    latest.current = { scene, layout, field, palette, events };
  });

  // Another density is another number of elements, for which cytoscape has to be set up differently.
  const { density } = layout;
  const ready = palette !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: density is what a new stage is made for
  useEffect(() => {
    if (!ready) return;
    let made: TopologyStage | undefined;
    let gone = false;
    void import("cytoscape").then(({ default: cytoscape }) => {
      const { current: first } = latest;
      if (gone || !container.current || !canvas.current || !first.palette) return;
      made = new TopologyStage(
        cytoscape,
        container.current,
        canvas.current,
        { scene: first.scene, layout: first.layout, palette: first.palette },
        {
          onHover: (hover) => latest.current.events.onHover(hover),
          onSelect: (subject) => latest.current.events.onSelect(subject),
          onViewport: (viewport: Viewport) => latest.current.events.onViewport(viewport),
          onDrag: () => latest.current.events.onDrag(),
        },
      );
      made.show(first.scene, first.layout, first.field);
      setStage(made);
    });
    return () => {
      gone = true;
      made?.dispose();
      setStage(undefined);
    };
  }, [container, canvas, density, ready]);

  useEffect(() => {
    if (palette) stage?.look(palette);
  }, [stage, palette]);
  // Before the page paints: the map must not lag a frame behind the title.
  useLayoutEffect(() => stage?.show(scene, layout, field), [stage, scene, layout, field]);

  const subject = hovered ?? cursor ?? selected;
  const path = useMemo(() => subject && pathOf(topology, layout, subject), [topology, layout, subject]);
  useEffect(() => {
    stage?.emphasise({
      ...(path && { path }),
      selected: new Set(selected ? idsOf(selected, topology, layout) : []),
      found: new Set([...found].map((name) => standIn(layout, name))),
      ...(cursor && { cursor: idsOf(cursor, topology, layout)[0] ?? "" }),
    });
  }, [stage, path, selected, cursor, found, topology, layout]);

  useEffect(() => {
    if (!stage || !container.current) return;
    const watch = new ResizeObserver(() => stage.resized());
    watch.observe(container.current);
    return () => watch.disconnect();
  }, [stage, container]);

  useFonts(stage, palette);
  return { stage, field, palette };
}

/** Canvas text that was drawn before its font came stays in the wrong one, unless it is drawn again. */
function useFonts(stage: TopologyStage | undefined, palette: Palette | undefined): void {
  useEffect(() => {
    if (!stage || !palette) return;
    let gone = false;
    const fonts = ['400 13px "Inter Variable"', '600 13px "Inter Variable"', '400 12px "JetBrains Mono Variable"'];
    const missing = fonts.filter((font) => !document.fonts.check(font));
    if (missing.length === 0) return;
    void Promise.allSettled(missing.map((font) => document.fonts.load(font))).then(() => {
      if (!gone) stage.look(palette);
    });
    return () => {
      gone = true;
    };
  }, [stage, palette]);
}

/** The colours of the theme in force; read anew when it changes. */
function usePalette(): Palette | undefined {
  const { resolvedTheme } = useTheme();
  const [palette, setPalette] = useState<Palette>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the variables depend on
  useEffect(() => setPalette(readPalette()), [resolvedTheme]);
  return palette;
}

/** Before the variables could be read nothing is drawn with it. */
const BLANK = paletteOf(() => "");

function idsOf(subject: Subject, topology: Topology, layout: Layout): readonly string[] {
  switch (subject.kind) {
    case "device":
      return [standIn(layout, subject.name)];
    case "rack":
      return [`r:${subject.key}`];
    case "trunk":
      return [`t:${subject.leaf}\n${subject.rack}`];
    case "link": {
      const link = topology.links.get(subject.id);
      const ends = link ? [standIn(layout, link.near), standIn(layout, link.far)] : [];
      return [...ends, `l:${subject.id}`, `l:${subject.id}\nnear`, `l:${subject.id}\nfar`];
    }
    default:
      return subject satisfies never;
  }
}
