import type { SourceHealth } from "../fabric/observation.ts";
import type { DeviceRow, FabricView, SessionRow } from "./view.ts";

/** A view as JSON carries it: lists for maps. */
export type ViewOnWire = Omit<FabricView, "sessions" | "devices" | "sources"> & {
  readonly sessions: readonly SessionRow[];
  readonly devices: readonly DeviceRow[];
  readonly sources: readonly SourceHealth[];
};

export function viewToWire(view: FabricView): ViewOnWire {
  return {
    ...view,
    sessions: [...view.sessions.values()],
    devices: [...view.devices.values()],
    sources: [...view.sources.values()],
  };
}

export function viewFromWire(wire: ViewOnWire): FabricView {
  return {
    ...wire,
    sessions: new Map(wire.sessions.map((row) => [row.id, row])),
    devices: new Map(wire.devices.map((row) => [row.name, row])),
    sources: new Map(wire.sources.map((row) => [row.id, row])),
  };
}
