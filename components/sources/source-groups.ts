import type { DeviceRole } from "../../lib/fabric/device.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import type { FabricView } from "../../lib/view/view.ts";
import {
  type ConditionCounts,
  conditionOf,
  SOURCE_CONDITIONS,
  type SourceCondition,
  worseCondition,
} from "./source-condition.ts";

/** Sources that fail together: those of one rack, or of one role where no rack is known. */
export interface SourceGroup {
  readonly key: string;
  readonly name: string;
  readonly devices: readonly string[];
  readonly counts: ConditionCounts;
  readonly worst: SourceCondition;
  readonly total: number;
  /** Shortest promised interval in the group. */
  readonly everyMs: number;
  /** The last good answer of the source that has been quiet for longest; absent when one never answered. */
  readonly oldestOkAt?: number;
}

const ROLE_NAME: Record<DeviceRole, string> = {
  spine: "Spines",
  leaf: "Leaves",
  node: "Nodes",
  border: "Borders",
  "route-reflector": "Route reflectors",
};

/** Worst first, then by name. Costs one pass over the sources, however many. */
export function groupSources(view: FabricView, now: number): readonly SourceGroup[] {
  const groups = new Map<string, Draft>();
  for (const source of view.sources.values()) {
    const device = view.devices.get(source.device);
    const key = device?.rack !== undefined ? `rack ${device.rack}` : `role ${device?.role ?? "other"}`;
    let group = groups.get(key);
    if (!group) {
      const name = device?.rack !== undefined ? `Rack ${device.rack}` : device ? ROLE_NAME[device.role] : "Other";
      group = newDraft(key, name, source.everyMs);
      groups.set(key, group);
    }
    group.counts[conditionOf(source, now)] += 1;
    group.devices.add(source.device);
    group.total += 1;
    group.everyMs = Math.min(group.everyMs, source.everyMs);
    if (source.lastOkAt === undefined) group.neverHeard = true;
    else group.oldestOkAt = Math.min(group.oldestOkAt, source.lastOkAt);
  }
  return [...groups.values()]
    .map(finished)
    .sort((a, b) => worseCondition(a.worst, b.worst) || byNaturalName(a.name, b.name));
}

interface Draft {
  readonly key: string;
  readonly name: string;
  readonly devices: Set<string>;
  readonly counts: Record<SourceCondition, number>;
  total: number;
  everyMs: number;
  oldestOkAt: number;
  neverHeard: boolean;
}

function newDraft(key: string, name: string, everyMs: number): Draft {
  const counts = { silent: 0, waiting: 0, late: 0, partial: 0, ok: 0 };
  return {
    key,
    name,
    devices: new Set(),
    counts,
    total: 0,
    everyMs,
    oldestOkAt: Number.POSITIVE_INFINITY,
    neverHeard: false,
  };
}

function finished({ neverHeard, oldestOkAt, devices, ...group }: Draft): SourceGroup {
  return {
    ...group,
    devices: [...devices].sort(byNaturalName),
    worst: SOURCE_CONDITIONS.find((condition) => group.counts[condition] > 0) ?? "ok",
    ...(!neverHeard && { oldestOkAt }),
  };
}
