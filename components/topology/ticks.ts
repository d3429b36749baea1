import type { SessionStatus } from "../../lib/fabric/session.ts";
import type { Topology } from "../../lib/view/topology.ts";
import { linkId, type TopologyLink } from "../../lib/view/topology-link.ts";
import type { Density } from "./layout.ts";
import { type Overlay, type Step, stepOf } from "./overlay.ts";

/** What one tick tells: a state, a step of an overlay, or that there is nothing to tell. */
export type Tick = SessionStatus | Step | "none";

/** Of each node of a rack, in order: a tick for each of its leaves; where racks are tiles, one for the node. */
export type RackTicks = readonly (readonly Tick[])[];

/** More leaves than this in one rack are told by the drawer and the table. */
const MOST = 6;

export function ticksOf(
  topology: Topology,
  rackKey: string,
  density: Density,
  overlay: Overlay,
  now: number,
): RackTicks {
  const rack = topology.racks.get(rackKey);
  if (!rack) return [];
  if (density === "tiles") {
    return rack.nodes.map((name) => {
      const device = topology.devices.get(name);
      if (!device) return ["none"];
      if (overlay === "state") return [device.status];
      return [newest(device.links.filter((link) => link.near === name).map((link) => tickOf(link, overlay, now)))];
    });
  }
  return rack.nodes.map((name) => {
    const device = topology.devices.get(name);
    // A node without a rack speaks to whatever leaves it has.
    const uppers = rack.leaves.length > 0 ? rack.leaves : (device?.links.map((link) => link.far) ?? []);
    return uppers.slice(0, MOST).map((leaf) => tickOf(topology.links.get(linkId(name, leaf)), overlay, now));
  });
}

function tickOf(link: TopologyLink | undefined, overlay: Overlay, now: number): Tick {
  if (!link) return "none";
  return overlay === "state" ? link.status : (stepOf(overlay, link, now) ?? "none");
}

function newest(ticks: readonly Tick[]): Tick {
  const steps = ticks.filter((tick) => typeof tick === "number");
  return steps.length > 0 ? (Math.max(...steps) as Step) : "none";
}

export function sameTicks(a: RackTicks, b: RackTicks): boolean {
  return (
    a.length === b.length &&
    a.every((ticks, node) => {
      const other = b[node];
      return (
        other !== undefined && ticks.length === other.length && ticks.every((tick, index) => tick === other[index])
      );
    })
  );
}
