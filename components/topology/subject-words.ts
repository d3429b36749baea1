import type { SessionStatus } from "../../lib/fabric/session.ts";
import { byWorst } from "../../lib/fabric/session.ts";
import { directionsOf, type Topology } from "../../lib/view/topology.ts";
import { countText } from "../ui/count.ts";
import { clockText, spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import { TONE_WORD } from "../ui/status-shapes.ts";
import type { Subject } from "./element.ts";
import { label } from "./label.ts";
import { changedAt, prefixesOf } from "./overlay.ts";

/** What the hover card shows, and what is read out for the keyboard: the same words. */
export interface SubjectWords {
  readonly title: string;
  readonly status: SessionStatus;
  readonly lines: readonly string[];
}

export function subjectWords(topology: Topology, subject: Subject, now: number): SubjectWords | undefined {
  switch (subject.kind) {
    case "device":
      return deviceWords(topology, subject.name, now);
    case "rack":
      return rackWords(topology, subject.key);
    case "trunk":
      return trunkWords(topology, subject.leaf, subject.rack);
    case "link":
      return linkWords(topology, subject.id, now);
    default:
      return subject satisfies never;
  }
}

function deviceWords(topology: Topology, name: string, now: number): SubjectWords | undefined {
  const device = topology.devices.get(name);
  if (!device) return undefined;
  const { up, down, level } = directionsOf(device, topology.shape);
  const lines = [
    [
      device.role.replace("-", " "),
      device.rack ? `rack ${label(device.rack)}` : "",
      device.asn ? `AS ${device.asn}` : "",
    ]
      .filter(Boolean)
      .join(", "),
  ];
  if (device.silent) {
    lines.push(
      device.seenAt
        ? `does not answer; last seen ${clockText(device.seenAt)}, ${spanText(now - device.seenAt)} ago`
        : "has never answered",
    );
  }
  if (device.links.length === 0) lines.push("no session is told of it");
  for (const [side, words] of [
    [up, device.tier === "node" ? "to its leaves" : "to the spines"],
    [down, device.tier === "leaf" ? "to nodes" : "downwards"],
    [level, "to its equals"],
  ] as const) {
    if (side.length > 0) lines.push(`${tally(side.map((link) => link.status))} ${words}`);
  }
  return { title: label(name), status: device.status, lines };
}

function rackWords(topology: Topology, key: string): SubjectWords | undefined {
  const rack = topology.racks.get(key);
  if (!rack) return undefined;
  const { full, nodes, leaves, lastSeenAt } = rack;
  return {
    title: rack.name === undefined ? "Nodes without a rack" : `Rack ${label(rack.name)}`,
    status: rack.status,
    lines: [
      nodes.length === 0 ? "no nodes" : `${countText(full)} of ${countText(nodes.length)} nodes with every way out`,
      leaves.length === 0 ? "no leaf of its own" : `leaves ${leaves.slice(0, 4).map(label).join(", ")}`,
      ...(lastSeenAt === undefined ? [] : [`nothing here answers; last seen ${clockText(lastSeenAt)}`]),
    ],
  };
}

function trunkWords(topology: Topology, leaf: string, rackKey: string): SubjectWords | undefined {
  const links = (topology.racks.get(rackKey)?.nodes ?? []).flatMap(
    (node) => topology.links.get(`${node}\n${leaf}`) ?? [],
  );
  const [worst] = links.map((link) => link.status).sort(byWorst);
  if (!worst) return undefined;
  const rack = topology.racks.get(rackKey)?.name;
  return {
    title: `${label(leaf)} to ${rack === undefined ? "nodes without a rack" : `rack ${label(rack)}`}`,
    status: worst,
    lines: [tally(links.map((link) => link.status))],
  };
}

function linkWords(topology: Topology, id: string, now: number): SubjectWords | undefined {
  const link = topology.links.get(id);
  const [worst] = link?.sessions ?? [];
  if (!link || !worst) return undefined;
  const at = changedAt(link);
  const prefixes = prefixesOf(link);
  return {
    title: `${label(link.far)} ↔ ${label(link.near)}`,
    status: link.status,
    lines: [
      plainText(worst.sentence, 240),
      ...(at === undefined ? [] : [`since ${clockText(at)}, ${spanText(now - at)}`]),
      ...(link.stale ? [oldWords(link.seenAt, now)] : []),
      ...(link.halves
        ? [`${label(link.far)} calls it ${link.halves.far}, ${label(link.near)} ${link.halves.near}`]
        : []),
      ...(prefixes === undefined ? [] : [`${countText(prefixes)} prefixes accepted from ${label(link.near)}`]),
      ...(link.sessions.length > 1 ? [`${link.sessions.length} sessions; the worst is told here`] : []),
    ],
  };
}

function oldWords(seenAt: number | undefined, now: number): string {
  return seenAt === undefined ? "old: no end answers now" : `old: no end has answered for ${spanText(now - seenAt)}`;
}

/** `2 down, 11 up`, worst first. */
export function tally(statuses: readonly SessionStatus[]): string {
  return [...Map.groupBy(statuses, (status) => status)]
    .sort(([a], [b]) => byWorst(a, b))
    .map(([status, some]) => `${countText(some.length)} ${TONE_WORD[status]}`)
    .join(", ");
}
