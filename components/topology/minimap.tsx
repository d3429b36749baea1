"use client";

import type { PointerEvent } from "react";
import type { Topology } from "../../lib/view/topology.ts";
import { STATUS_SHAPES } from "../ui/status-shapes.ts";
import type { Layout } from "./layout.ts";
import type { Viewport } from "./node-field.ts";

const WIDTH = 168;
const HEIGHT = 120;

/** Where one is, when the fabric is larger than the window; pressing it goes there. */
export function Minimap({
  layout,
  topology,
  viewport,
  onCentre,
}: {
  layout: Layout;
  topology: Topology;
  viewport: Viewport;
  onCentre: (x: number, y: number) => void;
}) {
  const { zoom, panX, panY, width, height } = viewport;
  const seen = { x: -panX / zoom, y: -panY / zoom, w: width / zoom, h: height / zoom };
  const fits =
    seen.x <= 1 && seen.y <= 1 && seen.x + seen.w >= layout.width - 1 && seen.y + seen.h >= layout.height - 1;
  if (fits || layout.width === 0) return null;

  const scale = Math.min(WIDTH / layout.width, HEIGHT / layout.height);
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    onCentre((event.clientX - box.left) / scale, (event.clientY - box.top) / scale);
  };
  return (
    <svg
      aria-hidden="true"
      data-print="no"
      width={layout.width * scale}
      height={layout.height * scale}
      onPointerDown={go}
      onPointerMove={go}
      className="absolute right-3 bottom-3 z-20 cursor-crosshair rounded-control border border-border bg-panel"
    >
      {[...layout.racks].map(([key, { x, y, w, h }]) => {
        const status = topology.racks.get(key)?.status ?? "up";
        const plain = status === "up";
        return (
          <rect
            key={key}
            x={x * scale}
            y={y * scale}
            width={Math.max(1, w * scale - 0.5)}
            height={Math.max(1, h * scale - 0.5)}
            fill={plain ? "var(--border)" : `var(${STATUS_SHAPES[status].token})`}
          />
        );
      })}
      <rect
        x={seen.x * scale}
        y={seen.y * scale}
        width={seen.w * scale}
        height={seen.h * scale}
        fill="none"
        stroke="var(--text)"
      />
    </svg>
  );
}
