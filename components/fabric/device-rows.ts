import { byWorst, type SessionStatus } from "../../lib/fabric/session.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import type { DeviceRow, FabricView, SessionRow } from "../../lib/view/view.ts";
import { type Watched, watchedOf } from "../../lib/view/watched.ts";

/** A device as the list shows it: what it is, how its sessions stand, how old our knowledge of it is. */
export interface DeviceLine {
  readonly device: DeviceRow;
  readonly sessions: readonly SessionRow[];
  readonly up: number;
  /** `down` when none of its sessions is up, `degraded` when some are not; `unknown` when nothing tells. */
  readonly status: SessionStatus;
  readonly watched: Watched;
  /** Newest good answer of any of its sources; epoch ms. */
  readonly heardAt?: number;
}

/** Worst first, then by role as on the map, then by name. */
export function deviceLines(view: FabricView, now: number): readonly DeviceLine[] {
  const byDevice = new Map<string, SessionRow[]>();
  for (const row of view.sessions.values()) {
    for (const name of new Set([row.near.device, row.far.device])) {
      if (name === undefined) continue;
      const list = byDevice.get(name);
      if (list) list.push(row);
      else byDevice.set(name, [row]);
    }
  }
  return [...view.devices.values()]
    .map((device) => deviceLine(view, device, byDevice.get(device.name) ?? [], now))
    .sort(
      (a, b) =>
        byWorst(a.status, b.status) ||
        ROLES.indexOf(a.device.role) - ROLES.indexOf(b.device.role) ||
        byNaturalName(a.device.name, b.device.name),
    );
}

const ROLES: readonly string[] = ["border", "spine", "route-reflector", "leaf", "node"];

export function deviceLine(
  view: FabricView,
  device: DeviceRow,
  sessions: readonly SessionRow[],
  now: number,
): DeviceLine {
  const { watched, heardAt } = watchedOf(device.sources, view.sources, now);
  return {
    device,
    sessions,
    up: sessions.filter(({ status }) => status === "up").length,
    status: deviceStatus(sessions, watched === "silent"),
    watched,
    ...(heardAt !== undefined && { heardAt }),
  };
}

/** One lost session of many does not make a device down; one shut on purpose does not even degrade it. */
function deviceStatus(sessions: readonly SessionRow[], silent: boolean): SessionStatus {
  const of = (status: SessionStatus) => sessions.filter((row) => row.status === status).length;
  const flowing = of("up") + of("degraded");
  if (of("down") > 0) return flowing > 0 ? "degraded" : "down";
  if (of("degraded") > 0) return "degraded";
  if (silent || (of("unknown") > 0 && flowing === 0)) return "unknown";
  return of("admin-down") > 0 && flowing === 0 ? "admin-down" : "up";
}

export function deviceTexts({ device, status, watched }: DeviceLine): readonly (string | undefined)[] {
  const { name, role, rack, asn, routerId, system, version } = device;
  return [
    name,
    role,
    rack,
    asn === undefined ? undefined : `as${asn}`,
    routerId,
    system,
    version,
    status,
    watched.replace("-", " "),
  ];
}
