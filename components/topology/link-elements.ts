import type { SessionStatus } from "../../lib/fabric/session.ts";
import { byWorst } from "../../lib/fabric/session.ts";
import type { Topology } from "../../lib/view/topology.ts";
import type { TopologyLink } from "../../lib/view/topology-link.ts";
import { ANCHORS, type StageElement, type Subject } from "./element.ts";
import { labelWidth } from "./label.ts";
import { isClose, type Layout } from "./layout.ts";
import { type Point, type Route, routeOf, toRack } from "./routes.ts";

/** More abnormal lines into one rack than this are told by one line a leaf, and numbers. */
const FEW = 4;

type Put = (id: string, element: StageElement) => void;

/** Every line that is drawn whatever is selected: healthy ones once for all their nodes, abnormal ones each. */
export function putLinks(put: Put, topology: Topology, layout: Layout): void {
  const marks = new Map<string, Mark>();
  const trunks = new Map<string, TopologyLink[]>();
  const close = isClose(layout);

  for (const link of topology.links.values()) {
    const rack = layout.nodes.get(link.near)?.rack;
    const far = topology.shape.places.get(link.far);
    const own = far?.tier === "leaf";
    // The leaf sits on the rack: no line is between them, and there are thousands of these.
    if (close && own && rack !== undefined && far.rack === rack) continue;
    if (rack !== undefined && !layout.nodes.has(link.far) && (own || !layout.grid)) {
      const key = `${link.far}\n${rack}`;
      const trunk = trunks.get(key);
      if (trunk) trunk.push(link);
      else trunks.set(key, [link]);
    } else if (link.status !== "up" || link.halves) {
      putAbnormal(put, marks, topology, layout, link);
    } else if (!layout.grid && rack === undefined) {
      putLine(put, `l:${link.id}`, layout, routeOf(layout, topology.shape, link), "line up", link);
    }
  }
  const crowded = crowdedRacks(trunks);
  for (const [key, links] of trunks) putTrunk(put, marks, topology, layout, key, links, crowded);
  for (const [id, mark] of marks) putMark(put, id, mark);
  if (layout.grid) putRails(put, topology, layout);
}

interface Mark {
  readonly at: Point;
  readonly status: SessionStatus;
  readonly subject: Subject;
  count: number;
  words?: string;
}

/** Racks in which lines to each abnormal node would be a thicket. */
function crowdedRacks(trunks: ReadonlyMap<string, readonly TopologyLink[]>): ReadonlySet<string> {
  const abnormal = new Map<string, number>();
  for (const [key, links] of trunks) {
    const rack = key.slice(key.indexOf("\n") + 1);
    const own = links.filter((link) => link.status !== "up").length;
    if (own < links.length) abnormal.set(rack, (abnormal.get(rack) ?? 0) + own);
  }
  return new Set([...abnormal].filter(([, count]) => count > FEW).map(([rack]) => rack));
}

/**
 * From a leaf to a rack: one healthy line for all its nodes; for the others a line each, or where those are many, or all
 * alike, one line in the looks of the worst, with a mark and a number for each state.
 */
function putTrunk(
  put: Put,
  marks: Map<string, Mark>,
  topology: Topology,
  layout: Layout,
  key: string,
  links: readonly TopologyLink[],
  crowded: ReadonlySet<string>,
): void {
  const [leaf = "", rackKey = ""] = key.split("\n");
  const box = layout.boxes.get(leaf);
  const rack = layout.racks.get(rackKey);
  if (!box || !rack) return;
  const subject: Subject = { kind: "trunk", leaf, rack: rackKey };
  const ends = { from: `b:${leaf}`, to: `r:${rackKey}`, subject };
  const byStatus = Map.groupBy(links, (link) => link.status);
  const healthy = byStatus.has("up");
  const together = layout.density !== "chips" || crowded.has(rackKey) || !healthy;

  if (healthy) {
    const route = toRack(box, rack, key);
    const old = byStatus.get("up")?.every((link) => link.stale) ? " stale" : "";
    if (route) put(`t:${key}`, { group: "edges", classes: `line up${old}`, points: route.points, ...ends });
  }
  if (!together) {
    for (const link of links) {
      if (link.status !== "up" || link.halves) putAbnormal(put, marks, topology, layout, link);
    }
    return;
  }
  const told = [...byStatus].filter(([status]) => status !== "up").sort(([a], [b]) => byWorst(a, b));
  const [worst] = told;
  const route = worst && toRack(box, rack, key, healthy ? -16 : 0);
  if (!worst || !route) return;
  put(`t:${key}\nworst`, { group: "edges", classes: `line ${worst[0]}`, points: route.points, ...ends });
  for (const [index, [status, some]] of told.entries()) {
    const silent = status === "unknown" && topology.devices.get(leaf)?.silent === true;
    const y = told.length === 1 ? route.mark.y : rack.y - 12 - 17 * (told.length - 1 - index);
    marks.set(`m:${key}\n${status}`, {
      at: { x: route.mark.x, y },
      status,
      subject,
      count: some.length,
      words: silent && some.length === links.length ? "not seen" : `${some.length} ${WORD[status]}`,
    });
  }
}

/** What stands beside the number; the shape says the same. */
const WORD: Record<SessionStatus, string> = {
  down: "down",
  degraded: "degraded",
  unknown: "unknown",
  "admin-down": "shut",
  up: "up",
};

function putAbnormal(put: Put, marks: Map<string, Mark>, topology: Topology, layout: Layout, link: TopologyLink): void {
  const route = routeOf(layout, topology.shape, link);
  if (!route) return;
  if (link.halves) {
    const [upper, lower] = cut(route);
    const { far, near } = link.halves;
    putLine(put, `l:${link.id}\nfar`, layout, { ...route, points: upper }, `line ${half(far, link)}`, link);
    putLine(put, `l:${link.id}\nnear`, layout, { ...route, points: lower }, `line ${half(near, link)}`, link);
  } else {
    putLine(put, `l:${link.id}`, layout, route, `line ${link.status}`, link);
  }
  // A dispute is told by its halves; its mark is that of the link as a whole.
  const status = link.status === "up" ? "degraded" : link.status;
  const id = `m:${route.gutter}\n${status}`;
  const mark = marks.get(id);
  if (mark) mark.count += 1;
  else marks.set(id, { at: clear(marks, route.mark), status, subject: { kind: "link", id: link.id }, count: 1 });
}

/** An end that calls a lost session up is not believed, and yet shown: a whole thin line would read as well. */
function half(told: SessionStatus, link: TopologyLink): string {
  return told === "up" ? `${link.status === "up" ? "degraded" : link.status} denied` : told;
}

/** A place near `at` on which no mark lies yet. */
function clear(marks: ReadonlyMap<string, Mark>, at: Point): Point {
  let { y } = at;
  const taken = (height: number) =>
    [...marks.values()].some((mark) => Math.abs(mark.at.x - at.x) < 18 && Math.abs(mark.at.y - height) < 17);
  for (let tries = 0; tries < 4 && taken(y); tries += 1) y -= 17;
  return { x: at.x, y };
}

function putMark(put: Put, id: string, { at, status, subject, count, words }: Mark): void {
  put(id, { group: "nodes", classes: `mark ${status}`, at, w: 12, h: 12, subject });
  const text = words ?? (count > 1 ? `${count} ${WORD[status]}` : undefined);
  if (!text) return;
  put(`${id}\nwords`, {
    group: "nodes",
    classes: `words ${status}`,
    at: { x: at.x + 12, y: at.y },
    w: 1,
    h: 1,
    label: text,
    room: labelWidth(text, 12) + 8,
  });
}

export function putLine(
  put: Put,
  id: string,
  layout: Layout,
  route: Route | undefined,
  classes: string,
  link: TopologyLink,
): void {
  if (!route) return;
  put(id, {
    group: "edges",
    classes: link.stale ? `${classes} stale` : classes,
    from: standIn(layout, link.far),
    to: standIn(layout, link.near),
    points: route.points,
    subject: { kind: "link", id: link.id },
  });
}

/** The element that a device is drawn as: its box, its chip, or its rack where chips are no elements. */
export function standIn(layout: Layout, device: string): string {
  const node = layout.nodes.get(device);
  if (!node) return `b:${device}`;
  return layout.density === "chips" ? `c:${device}` : `r:${node.rack}`;
}

/** The part of a route before its mark, and the part after it. */
export function cut({ points, mark }: Route): [Route["points"], Route["points"]] {
  for (let index = 0; index + 1 < points.length; index += 1) {
    const a = points[index];
    const b = points[index + 1];
    if (!a || !b || !between(a, b, mark)) continue;
    const [first = a] = points;
    const last = points[points.length - 1] ?? b;
    const before = points.slice(1, index + 1);
    const after = points.slice(index + 1, -1);
    return [line([first, ...before], mark), line([mark, ...after], last)];
  }
  return [points, points];
}

function line(points: readonly [Point, ...Point[]], last: Point): Route["points"] {
  const [first, ...rest] = points;
  const [second, ...others] = [...rest, last];
  return [first, second ?? last, ...others];
}

function between(a: Point, b: Point, at: Point): boolean {
  const direct = Math.hypot(b.x - a.x, b.y - a.y);
  return Math.hypot(at.x - a.x, at.y - a.y) + Math.hypot(b.x - at.x, b.y - at.y) - direct < 0.5;
}

/** Healthy lines of a grid: one bus under the spines, and a rail behind each column of racks. */
function putRails(put: Put, topology: Topology, layout: Layout): void {
  const last = new Map<number, { x: number; y: number }>();
  for (const rack of layout.racks.values()) last.set(rack.column, { x: rack.x + rack.w / 2, y: rack.y });
  const spines = topology.shape.top.flatMap((name) => layout.boxes.get(name) ?? []);
  if (spines.length === 0 || last.size === 0) return;

  const [from, to] = ANCHORS;
  const line = (id: string, a: Point, b: Point) =>
    put(id, { group: "edges", classes: "line up rail", from, to, points: [a, b] });
  const y = layout.busY;
  const xs = [...last.values()].map((end) => end.x).concat(spines.map((box) => box.x + box.w / 2));
  line("rail:bus", { x: Math.min(...xs), y }, { x: Math.max(...xs), y });
  for (const [index, box] of spines.entries()) {
    const x = box.x + box.w / 2;
    line(`rail:top-${index}`, { x, y: box.y + box.h }, { x, y });
  }
  for (const [column, end] of last) line(`rail:${column}`, { x: end.x, y }, end);
}
