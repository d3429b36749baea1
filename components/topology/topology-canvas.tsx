"use client";

import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Topology } from "../../lib/view/topology.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { TONE_WORD } from "../ui/status-shapes.ts";
import type { Subject } from "./element.ts";
import { HoverCard } from "./hover-card.tsx";
import { type Layout, rectOf } from "./layout.ts";
import { mapPicture } from "./map-picture.ts";
import { Minimap } from "./minimap.tsx";
import type { Viewport } from "./node-field.ts";
import type { Overlay } from "./overlay.ts";
import { type SubjectWords, subjectWords } from "./subject-words.ts";
import { type Step, stepFrom, stopsOf } from "./traversal.ts";
import { useStage } from "./use-stage.ts";

export interface MapHandle {
  focus(): void;
  fit(): void;
  zoomBy(factor: number): void;
  picture(title: string): Promise<Blob>;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};
const PAN: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [80, 0],
  ArrowRight: [-80, 0],
  ArrowUp: [0, 80],
  ArrowDown: [0, -80],
};

/** The map: a stage that pointer and keyboard walk on. Everything on it is in the table too. */
export function TopologyCanvas({
  topology,
  layout,
  overlay,
  now,
  selected,
  found,
  onSelect,
  onDrag,
  ref,
}: {
  topology: Topology;
  layout: Layout;
  overlay: Overlay;
  now: number;
  selected: Subject | undefined;
  found: ReadonlySet<string>;
  onSelect: (subject: Subject | undefined, byKey: boolean) => void;
  onDrag: () => void;
  ref: Ref<MapHandle>;
}) {
  const application = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const help = useId();
  const announce = useAnnounce();
  const [hover, setHover] = useState<{ subject: Subject; x: number; y: number }>();
  const [cursor, setCursor] = useState<Subject>();
  /** Where the keyboard stood when it left. */
  const last = useRef<Subject>(undefined);
  const [viewport, setViewport] = useState<Viewport>();

  const { stage, field, palette } = useStage(
    container,
    canvas,
    { topology, layout, overlay, now, hovered: hover?.subject, selected, cursor, found },
    {
      onHover: setHover,
      onSelect: (subject) => onSelect(subject, false),
      onViewport: useThrottled(setViewport),
      onDrag,
    },
  );

  useImperativeHandle(
    ref,
    () => ({
      focus: () => application.current?.focus(),
      fit: () => stage?.fit(),
      zoomBy: (factor) => stage?.zoomBy(factor),
      picture: async (title) => {
        if (!stage || !palette) throw new Error("the map is not drawn yet");
        return mapPicture(stage, field, palette, title);
      },
    }),
    [stage, field, palette],
  );

  const stops = useMemo(() => stopsOf(layout, topology.shape), [layout, topology.shape]);
  const stand = (subject: Subject | undefined, step: Step) => {
    const stop = stepFrom(stops, subject, step);
    if (!stop) return;
    setCursor(stop.subject);
    last.current = stop.subject;
    stage?.reveal(stop.rect);
    const words = subjectWords(topology, stop.subject, now);
    if (words) announce(spoken(words));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const pan = event.shiftKey ? PAN[event.key] : undefined;
    if (pan) stage?.panBy(...pan);
    else if (step) stand(cursor, step);
    else if (event.key === "Enter" || event.key === " ") onSelect(cursor, true);
    else if (event.key === "+" || event.key === "=") stage?.zoomBy(1.25);
    else if (event.key === "-") stage?.zoomBy(0.8);
    else if (event.key === "0") stage?.fit();
    else if (event.key === "Escape" && selected) onSelect(undefined, true);
    else if (event.key === "Escape" && cursor) setCursor(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // What was asked for by the address or by a search is brought into sight, once.
  const first = selected?.kind === "device" ? selected.name : undefined;
  useEffect(() => {
    const rect = first === undefined ? undefined : rectOf(layout, first);
    if (rect) stage?.reveal(rect);
  }, [stage, first, layout]);

  const shown = hover ?? cursorAt(cursor, layout, viewport);
  const words = shown && subjectWords(topology, shown.subject, now);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={application}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by arrow keys
        tabIndex={0}
        aria-label={`Map of ${topology.devices.size} devices and ${topology.links.size} links`}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        // A press focuses it too; the cursor is for those who came by key.
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && stand(last.current ?? selected, "here")}
        onBlur={() => setCursor(undefined)}
        className="absolute inset-0 overflow-hidden focus-visible:-outline-offset-2"
      >
        <div ref={container} data-testid="topology-map" className="size-full" />
        <canvas ref={canvas} className="pointer-events-none absolute inset-0 z-10 size-full" />
      </div>
      <p id={help} className="sr-only">
        Arrow keys go from device to device, Enter opens one, Shift with arrows moves the map, plus and minus zoom, 0
        fits it. The same is in the table.
      </p>
      {words && shown && <HoverCard words={words} x={shown.x} y={shown.y} within={container} />}
      {viewport && palette && (
        <Minimap layout={layout} topology={topology} viewport={viewport} onCentre={(x, y) => stage?.centre(x, y)} />
      )}
    </div>
  );
}

function cursorAt(cursor: Subject | undefined, layout: Layout, viewport: Viewport | undefined) {
  if (!cursor || !viewport) return undefined;
  const rect =
    cursor.kind === "device"
      ? rectOf(layout, cursor.name)
      : cursor.kind === "rack"
        ? layout.racks.get(cursor.key)
        : undefined;
  if (!rect) return undefined;
  const { zoom, panX, panY } = viewport;
  return { subject: cursor, x: (rect.x + rect.w / 2) * zoom + panX, y: (rect.y + rect.h) * zoom + panY };
}

function spoken({ title, status, lines }: SubjectWords): string {
  return `${title}: ${TONE_WORD[status]}. ${lines.join(". ")}`;
}

/** A drag gives sixty viewports a second; only the minimap and the card of the cursor follow them. */
function useThrottled<T>(take: (value: T) => void): (value: T) => void {
  const waiting = useRef<{ value: T; timer: number }>(undefined);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  return useCallback(
    (value: T) => {
      if (waiting.current) {
        waiting.current.value = value;
        return;
      }
      const timer = window.setTimeout(() => {
        const last = waiting.current;
        waiting.current = undefined;
        if (last) take(last.value);
      }, 80);
      waiting.current = { value, timer };
    },
    [take],
  );
}
