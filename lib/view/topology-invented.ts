import type { DeviceRole } from "../fabric/device.ts";
import type { SourceHealth } from "../fabric/observation.ts";
import type { SessionKind } from "../fabric/session.ts";
import type { DeviceRow, FabricView, SessionRow } from "./view.ts";

/** Fabrics invented for the tests of the map. Names are of the form `spine-1`, `leaf-3`, `node-17`; racks `r1`. */

export const NOW = 1_795_000_000_000;
const EVERY_MS = 10_000;

export interface Invented {
  readonly spines?: number;
  readonly racks?: number;
  readonly leavesPerRack?: number;
  readonly nodesPerRack?: number;
}

/** Everything up and heard just now. */
export function inventedView({
  spines = 2,
  racks = 2,
  leavesPerRack = 2,
  nodesPerRack = 3,
}: Invented = {}): FabricView {
  const devices = new Map<string, DeviceRow>();
  const sessions = new Map<string, SessionRow>();
  const sources = new Map<string, SourceHealth>();
  const device = (name: string, role: DeviceRole, rack?: string) => {
    devices.set(name, { name, role, sources: [`s:${name}`], ...(rack !== undefined && { rack }) });
    sources.set(`s:${name}`, inventedSource(name, NOW));
  };
  const spineNames = numbered("spine", spines);
  for (const spine of spineNames) device(spine, "spine");
  let node = 0;
  for (let rack = 1; rack <= racks; rack += 1) {
    const leaves = numbered("leaf", leavesPerRack, (rack - 1) * leavesPerRack);
    for (const leaf of leaves) {
      device(leaf, "leaf", `r${rack}`);
      for (const spine of spineNames) put(sessions, inventedRow(leaf, spine, "tor-spine"));
    }
    for (let index = 0; index < nodesPerRack; index += 1) {
      node += 1;
      device(`node-${node}`, "node", `r${rack}`);
      for (const leaf of leaves) put(sessions, inventedRow(`node-${node}`, leaf, "node-tor"));
    }
  }
  return {
    id: "boot:1",
    asOf: NOW,
    fabric: { name: "invented", demo: false, exposed: false, version: "0" },
    devices,
    sessions,
    sources,
    events: [],
  };
}

export function inventedRow(near: string, far: string, kind: SessionKind, rest: Partial<SessionRow> = {}): SessionRow {
  return {
    id: `${near}~${far}`,
    vrf: "default",
    kind,
    near: { device: near, established: true },
    far: { device: far, established: true },
    status: "up",
    cause: "none",
    sentence: `${near} and ${far} are up.`,
    ...rest,
  };
}

export function inventedSource(device: string, lastOkAt: number): SourceHealth {
  return {
    id: `s:${device}`,
    kind: "bird",
    device,
    everyMs: EVERY_MS,
    state: "ok",
    lastOkAt,
    address: "unix:/run/bird.ctl",
  };
}

/** The view with this session told otherwise. */
export function withRow(view: FabricView, id: string, change: Partial<SessionRow>): FabricView {
  const row = view.sessions.get(id);
  if (!row) throw new Error(`no session ${id} in the invented fabric`);
  return { ...view, sessions: new Map(view.sessions).set(id, { ...row, ...change }) };
}

/** The view in which these devices have not answered for `silentMs`. */
export function withSilence(view: FabricView, names: readonly string[], silentMs = 10 * EVERY_MS): FabricView {
  const sources = new Map(view.sources);
  for (const name of names) sources.set(`s:${name}`, inventedSource(name, NOW - silentMs));
  return { ...view, sources };
}

export function withDevice(view: FabricView, row: DeviceRow): FabricView {
  return { ...view, devices: new Map(view.devices).set(row.name, row) };
}

function put(rows: Map<string, SessionRow>, row: SessionRow): void {
  rows.set(row.id, row);
}

function numbered(stem: string, count: number, after = 0): string[] {
  return Array.from({ length: count }, (_, index) => `${stem}-${after + index + 1}`);
}
