import type { DeviceRole } from "../fabric/device.ts";
import { byNaturalName } from "../values/natural-order.ts";
import type { DeviceRow } from "./view.ts";

/** Who stands where, from the inventory alone. Facts never change it, so nothing on the map moves by itself. */
export interface TopologyShape {
  /** Spines and borders, the topmost tier. */
  readonly top: readonly string[];
  /** Route reflectors, and leaves that belong to no rack: between the spines and the racks. */
  readonly middle: readonly string[];
  readonly racks: readonly RackShape[];
  readonly places: ReadonlyMap<string, DevicePlace>;
}

export interface RackShape {
  /** Unique among racks; `""` only for the one that holds the nodes without a rack. */
  readonly key: string;
  /** Absent for nodes whose rack nobody told. */
  readonly name?: string;
  readonly leaves: readonly string[];
  readonly nodes: readonly string[];
}

export interface DevicePlace {
  readonly role: DeviceRole;
  readonly tier: "top" | "middle" | "leaf" | "node";
  /** Key of its rack, for leaves and nodes that stand at one. */
  readonly rack?: string;
}

/** The shape of these devices. `before` itself when nothing that matters to it differs. */
export function shapeOf(devices: ReadonlyMap<string, DeviceRow>, before?: TopologyShape): TopologyShape {
  if (before && fits(devices, before)) return before;

  const top: string[] = [];
  const middle: string[] = [];
  const racks = new Map<string, { name?: string; leaves: string[]; nodes: string[] }>();
  const places = new Map<string, DevicePlace>();

  for (const [name, device] of devices) {
    const place = placeOf(device);
    places.set(name, place);
    if (place.tier === "top") top.push(name);
    else if (place.tier === "middle") middle.push(name);
    else {
      const key = place.rack ?? "";
      const rack = racks.get(key) ?? { ...(key !== "" && { name: key }), leaves: [], nodes: [] };
      rack[place.tier === "leaf" ? "leaves" : "nodes"].push(name);
      racks.set(key, rack);
    }
  }

  return {
    top: top.sort(byRoleThenName(places)),
    middle: middle.sort(byRoleThenName(places)),
    racks: [...racks]
      .map(([key, rack]) => ({
        key,
        ...rack,
        leaves: rack.leaves.sort(byNaturalName),
        nodes: rack.nodes.sort(byNaturalName),
      }))
      .sort((a, b) => Number(a.key === "") - Number(b.key === "") || byNaturalName(a.key, b.key)),
    places,
  };
}

function placeOf({ role, rack }: DeviceRow): DevicePlace {
  switch (role) {
    case "spine":
    case "border":
      return { role, tier: "top" };
    case "route-reflector":
      return { role, tier: "middle" };
    case "leaf":
      return rack ? { role, tier: "leaf", rack } : { role, tier: "middle" };
    case "node":
      return { role, tier: "node", rack: rack ?? "" };
    default:
      return role satisfies never;
  }
}

function fits(devices: ReadonlyMap<string, DeviceRow>, shape: TopologyShape): boolean {
  if (devices.size !== shape.places.size) return false;
  for (const [name, { role, rack }] of devices) {
    const place = shape.places.get(name);
    if (place?.role !== role) return false;
    if ((role === "leaf" || role === "node") && (place.rack ?? "") !== (rack ?? "")) return false;
  }
  return true;
}

function byRoleThenName(places: ReadonlyMap<string, DevicePlace>) {
  const rank = (name: string) => (places.get(name)?.role === "border" ? 0 : 1);
  return (a: string, b: string) => rank(a) - rank(b) || byNaturalName(a, b);
}
