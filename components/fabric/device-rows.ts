import { freshness } from "../../lib/fabric/observation.ts";
import { SESSION_STATUSES, type SessionStatus } from "../../lib/fabric/session.ts";
import type { DeviceRow, FabricView, SessionRow } from "../../lib/view/view.ts";
import { naturally } from "../ui/natural-order.ts";

/** A device as the list shows it: what it is, how its sessions stand, how old our knowledge of it is. */
export interface DeviceLine {
  readonly device: DeviceRow;
  readonly sessions: readonly SessionRow[];
  readonly up: number;
  /** `down` when none of its sessions is up, `degraded` when some are not; `unknown` when nothing tells. */
  readonly status: SessionStatus;
  readonly watched: "answers" | "silent" | "not-observed";
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
        rank(a.status) - rank(b.status) ||
        ROLES.indexOf(a.device.role) - ROLES.indexOf(b.device.role) ||
        naturally(a.device.name, b.device.name),
    );
}

const ROLES: readonly string[] = ["border", "spine", "route-reflector", "leaf", "node"];

function rank(status: SessionStatus): number {
  return SESSION_STATUSES.indexOf(status);
}

export function deviceLine(
  view: FabricView,
  device: DeviceRow,
  sessions: readonly SessionRow[],
  now: number,
): DeviceLine {
  const sources = device.sources.flatMap((id) => view.sources.get(id) ?? []);
  const answered = sources.flatMap(({ lastOkAt }) => lastOkAt ?? []);
  const silent =
    sources.length > 0 && sources.every(({ lastOkAt, everyMs }) => freshness(lastOkAt, everyMs, now) === "unknown");
  return {
    device,
    sessions,
    up: sessions.filter(({ status }) => status === "up").length,
    status: deviceStatus(sessions, silent),
    watched: sources.length === 0 ? "not-observed" : silent ? "silent" : "answers",
    ...(answered.length > 0 && { heardAt: Math.max(...answered) }),
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
