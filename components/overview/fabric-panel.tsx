import { useMemo } from "react";
import type { DeviceRole } from "../../lib/fabric/device.ts";
import type { Redundancy } from "../../lib/view/redundancy.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { counted } from "../ui/count.ts";
import { Panel } from "../ui/panel.tsx";
import { KindTable } from "./kind-table.tsx";
import { PrefixFacts } from "./prefix-facts.tsx";
import { WaysOut } from "./ways-out.tsx";

const ROLES: readonly (readonly [DeviceRole, string, string])[] = [
  ["border", "border", "borders"],
  ["spine", "spine", "spines"],
  ["route-reflector", "route reflector", "route reflectors"],
  ["leaf", "leaf", "leaves"],
  ["node", "node", "nodes"],
];

/** What the fabric is made of, and what of it stands. */
export function FabricPanel({ view, ways }: { view: FabricView; ways: Redundancy }) {
  const made = useMemo(() => madeOf(view), [view]);
  return (
    <Panel title="Fabric" aside={<span title={made}>{made}</span>} className="max-md:rounded-none max-md:border-x-0">
      {ways.total > 0 && <WaysOut ways={ways} />}
      <KindTable view={view} />
      <PrefixFacts view={view} />
    </Panel>
  );
}

function madeOf(view: FabricView): string {
  const counts = new Map<DeviceRole, number>();
  for (const { role } of view.devices.values()) counts.set(role, (counts.get(role) ?? 0) + 1);
  return ROLES.flatMap(([role, one, many]) => {
    const count = counts.get(role);
    return count === undefined ? [] : [counted(count, one, many)];
  }).join(", ");
}
