"use client";

import { ImageDown, Maximize2, Minus, Plus } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Button } from "../ui/button.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { OVERLAY_NAME, OVERLAYS, type Overlay } from "./overlay.ts";
import type { MapHandle } from "./topology-canvas.tsx";

/** How the fabric is drawn. On the right the hands of those who have no wheel. */
export function MapToolbar({
  overlay,
  onOverlay,
  collapsed,
  onCollapsed,
  table,
  onTable,
  map,
  onPicture,
}: {
  overlay: Overlay;
  onOverlay: (overlay: Overlay) => void;
  collapsed: boolean;
  onCollapsed: (collapsed: boolean) => void;
  table: boolean;
  onTable: (table: boolean) => void;
  map: RefObject<MapHandle | null>;
  onPicture: () => void;
}) {
  return (
    <div data-print="no" className="mt-4 mb-2 flex flex-wrap items-center gap-2 px-6 max-md:px-4">
      {!table && (
        <>
          <Segmented
            label="What the ticks tell"
            value={overlay}
            onChange={onOverlay}
            options={OVERLAYS.map((value) => ({ value, label: OVERLAY_NAME[value] }))}
          />
          <Button look="quiet" aria-pressed={collapsed} onClick={() => onCollapsed(!collapsed)}>
            {collapsed ? "Show all nodes" : "Collapse racks"}
          </Button>
        </>
      )}
      <Button look="quiet" aria-pressed={table} onClick={() => onTable(!table)}>
        {table ? "As map" : "As table"}
      </Button>
      {!table && (
        <div className="ml-auto flex gap-2">
          <Hand label="Save as a picture" onClick={onPicture}>
            <ImageDown size={16} strokeWidth={1.5} />
          </Hand>
          <Hand label="Zoom out" onClick={() => map.current?.zoomBy(0.8)}>
            <Minus size={16} strokeWidth={1.5} />
          </Hand>
          <Hand label="Zoom in" onClick={() => map.current?.zoomBy(1.25)}>
            <Plus size={16} strokeWidth={1.5} />
          </Hand>
          <Hand label="Fit the whole fabric" onClick={() => map.current?.fit()}>
            <Maximize2 size={16} strokeWidth={1.5} />
          </Hand>
        </div>
      )}
    </div>
  );
}

function Hand({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip text={label}>
      <Button aria-label={label} className="w-7 px-0! max-md:w-11" onClick={onClick}>
        {children}
      </Button>
    </Tooltip>
  );
}
