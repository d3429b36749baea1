import { directionsOf, type Topology } from "../../lib/view/topology.ts";
import type { TopologyLink } from "../../lib/view/topology-link.ts";
import type { Scene, StageElement, Subject } from "./element.ts";
import type { Layout } from "./layout.ts";
import { putLine, standIn } from "./link-elements.ts";
import { routeOf } from "./routes.ts";

/** What is emphasised while something is hovered or selected: lines that are added, and things that light up. */
export interface Path {
  readonly lines: Scene;
  readonly lit: ReadonlySet<string>;
}

/** A spine of a large fabric has hundreds of links: all of them would be a fan, not a path. */
const MOST_LINES = 64;

export function pathOf(topology: Topology, layout: Layout, subject: Subject): Path {
  const links = linksOf(topology, subject);
  const lines = new Map<string, StageElement>();
  const lit = new Set<string>();
  if (subject.kind === "device") lit.add(standIn(layout, subject.name));
  if (subject.kind === "rack") lit.add(`r:${subject.key}`);

  let drawn = 0;
  for (const link of links) {
    const rack = layout.nodes.get(link.near)?.rack;
    const alone = subject.kind === "link" || (subject.kind === "device" && subject.name === link.near);
    if (rack !== undefined && layout.boxes.has(link.far) && (!alone || layout.density === "tiles")) {
      // All nodes of a rack share the line of their leaf.
      lit.add(`t:${link.far}\n${rack}`).add(`r:${rack}`).add(`b:${link.far}`);
      continue;
    }
    drawn += 1;
    if (drawn > MOST_LINES) break;
    lit.add(standIn(layout, link.near)).add(standIn(layout, link.far));
    // An abnormal line is drawn already, in its own colour.
    if (link.status !== "up" || link.halves) continue;
    putLine(
      (id, element) => void lines.set(id, element),
      `p:${link.id}`,
      layout,
      routeOf(layout, topology.shape, link),
      "path",
      link,
    );
  }
  return { lines, lit };
}

/** The links of a thing, and for a node how it goes on from its leaves to the spines. */
export function linksOf(topology: Topology, subject: Subject): readonly TopologyLink[] {
  const onward = (device: string) => {
    const leaf = topology.devices.get(device);
    return leaf ? directionsOf(leaf, topology.shape).up : [];
  };
  switch (subject.kind) {
    case "device": {
      const device = topology.devices.get(subject.name);
      if (!device) return [];
      if (device.tier !== "node") return device.links;
      const ways = device.links.filter((link) => link.near === device.name);
      return [...ways, ...ways.filter((link) => link.status === "up").flatMap((link) => onward(link.far))];
    }
    case "link": {
      const link = topology.links.get(subject.id);
      return link ? [link] : [];
    }
    case "rack":
      return (topology.racks.get(subject.key)?.leaves ?? []).flatMap(onward);
    case "trunk":
      return onward(subject.leaf);
    default:
      return subject satisfies never;
  }
}
