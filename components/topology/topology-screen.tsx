"use client";

import { useDeferredValue, useMemo, useRef, useState } from "react";
import type { FabricView } from "../../lib/view/view.ts";
import { FirstView } from "../overview/first-view.tsx";
import { PageTitle } from "../shell/page-title.tsx";
import { useShortcuts } from "../shell/shortcuts.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { useFilter } from "../shell/use-filter.ts";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { useAnnounce } from "../ui/announcer.tsx";
import { isoText } from "../ui/format-time.ts";
import { matching } from "../ui/matching.ts";
import { StateTitle, stateText } from "../ui/state-title.tsx";
import type { Subject } from "./element.ts";
import { focusOf, focusSubject, focusText } from "./focus.ts";
import { FocusDrawer } from "./focus-drawer.tsx";
import { label } from "./label.ts";
import { layoutOf } from "./layout.ts";
import { MapLegend } from "./map-legend.tsx";
import { pictureName } from "./map-picture.ts";
import { MapSummary } from "./map-summary.tsx";
import { MapToolbar } from "./map-toolbar.tsx";
import { type MapHandle, TopologyCanvas } from "./topology-canvas.tsx";
import { TopologyTable } from "./topology-table.tsx";
import { densityOf, useMapAddress } from "./use-map-address.ts";
import { useNarrow } from "./use-narrow.ts";
import { useTopology } from "./use-topology.ts";

/** The fabric as it is built, with what is wrong on it: map or table, and a drawer for what was pressed. */
export function TopologyScreen() {
  const view = useFabric();
  return view && view.devices.size > 0 ? <Mapped view={view} /> : <FirstView view={view} />;
}

function Mapped({ view: latest }: { view: FabricView }) {
  const now = useAsOf();
  const draggedAt = useRef(Number.NEGATIVE_INFINITY);
  const { view, topology } = useTopology(latest, draggedAt);
  const [address, setAddress] = useMapAddress();
  const [filter] = useFilter();
  const announce = useAnnounce();
  const map = useRef<MapHandle>(null);

  const nodes = topology.shape.racks.reduce((sum, rack) => sum + rack.nodes.length, 0);
  const narrow = useNarrow();
  const density = densityOf(nodes, address.racks ?? (narrow ? "collapsed" : null));
  const layout = useMemo(() => layoutOf(topology.shape, density, narrow), [topology.shape, density, narrow]);
  const calm = useDeferredValue(view);
  const found = useMemo(() => foundIn(view.devices, filter), [view.devices, filter]);
  const focus = useMemo(
    () => (address.focus === null ? undefined : focusOf(address.focus, view, topology)),
    [address.focus, view, topology],
  );
  const selected = useStable(focus && focusSubject(focus));

  const state = stateText(topology.counts, "session");
  // Whoever works by keys goes with what opens, and back to the map when it closes.
  const [byKey, setByKey] = useState(false);
  const setFocus = (text: string | null, keyed = pressedByKey()) => {
    setByKey(keyed);
    void setAddress({ focus: text });
    if (text === null && keyed) map.current?.focus();
  };
  const select = (subject: Subject | undefined, keyed: boolean) => {
    const text = subject && focusText(subject, topology);
    if (text !== address.focus) setFocus(text ?? null, keyed);
  };
  const collapse = (collapsed: boolean) => void setAddress({ racks: collapsed ? "collapsed" : "expanded" });
  const table = address.as === "table";
  useShortcuts([
    { keys: "c", label: "Collapse or expand racks", run: () => collapse(density !== "tiles") },
    { keys: "v", label: "Map or table", run: () => void setAddress({ as: table ? "map" : "table" }) },
    { keys: "f", label: "Fit the map", run: () => map.current?.fit() },
  ]);
  const save = async () => {
    try {
      const picture = await map.current?.picture(`${view.fabric.name}: ${state}\n${isoText(now)}`);
      if (picture) download(picture, pictureName(now));
      announce("Saved the map as a picture");
    } catch (cause) {
      announce(`The picture could not be made: ${cause instanceof Error ? cause.message : "the browser refused"}`);
    }
  };

  return (
    <div className="flex h-full min-h-0">
      <PageTitle state={`${state} - Topology`} />
      <div className="flex min-w-0 flex-1 flex-col pt-5 max-md:pt-3.5">
        <div className="px-6 max-md:px-4">
          <StateTitle counts={topology.counts} noun="session" />
          <MapSummary view={calm} unplaced={topology.unplaced.length} filter={filter} found={found.size} />
        </div>
        <MapToolbar
          overlay={address.overlay}
          onOverlay={(overlay) => void setAddress({ overlay })}
          collapsed={density === "tiles"}
          onCollapsed={collapse}
          table={table}
          onTable={(as) => void setAddress({ as: as ? "table" : "map" })}
          map={map}
          onPicture={() => void save()}
        />
        {table ? (
          <TopologyTable topology={topology} filter={filter} now={now} />
        ) : (
          <>
            <TopologyCanvas
              ref={map}
              topology={topology}
              layout={layout}
              overlay={address.overlay}
              now={now}
              selected={selected}
              found={found}
              onSelect={select}
              onDrag={() => {
                draggedAt.current = performance.now();
              }}
            />
            <MapLegend
              overlay={address.overlay}
              pathOf={selected?.kind === "device" ? label(selected.name) : undefined}
            />
          </>
        )}
      </div>
      {focus && (
        <FocusDrawer focus={focus} topology={topology} view={view} now={now} onFocus={setFocus} byKey={byKey} />
      )}
    </div>
  );
}

/** The focus ring is there when the last thing pressed was a key. */
function pressedByKey(): boolean {
  return document.activeElement?.matches(":focus-visible") ?? false;
}

/** Devices that the search box means, by name, rack, role or AS. None while it is empty. */
function foundIn(devices: FabricView["devices"], filter: string): ReadonlySet<string> {
  if (filter.trim() === "") return new Set();
  const rows = matching([...devices.values()], filter, (device) => [
    device.name,
    device.rack,
    device.role,
    device.asn === undefined ? undefined : `AS${device.asn}`,
    device.routerId,
  ]);
  return new Set(rows.map((device) => device.name));
}

/** The same object for as long as it means the same: what hangs on it is not drawn again at every delta. */
function useStable(subject: Subject | undefined): Subject | undefined {
  const key = JSON.stringify(subject);
  return useMemo(() => (key === undefined ? undefined : (JSON.parse(key) as Subject)), [key]);
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
