import { freshness, type SourceHealth } from "../fabric/observation.ts";
import { byWorst, holds, type SessionStatus } from "../fabric/session.ts";
import type { Fault } from "../fabric/verdict.ts";
import { byNaturalName } from "../values/natural-order.ts";
import { quoted } from "./filter-words.ts";
import { sessionsOutOf, standing, waysOf } from "./redundancy.ts";
import type { FabricView, SessionRow } from "./view.ts";

/** One thing that needs somebody: a cause with all that it brings, never a line for each session. */
export interface AttentionEntry {
  readonly id: string;
  readonly tone: SessionStatus;
  readonly sentence: string;
  /** What it means for those behind it. */
  readonly meaning?: string;
  readonly since?: number;
  readonly touches: { readonly short: string; readonly detail?: string };
  readonly fault?: Fault;
  readonly sessions: readonly string[];
  readonly devices: readonly string[];
  readonly href: string;
}

/** Every session by the device whose way out it is. */
type Ways = Readonly<Record<"node-tor" | "tor-spine", ReadonlyMap<string, readonly SessionRow[]>>>;

/** Worst first, then what began last. Sessions shut on purpose are listed, after everything that is not. */
export function attention(view: FabricView, now: number): readonly AttentionEntry[] {
  const groups = new Map<string, SessionRow[]>();
  const gone = devicesGone(view.sessions.values());
  for (const row of view.sessions.values()) {
    if (row.status === "up") continue;
    const key = causeKey(row, gone);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
  }
  if (groups.size === 0) return silentSources(view, now).toSorted(worstFirst);
  const ways: Ways = {
    "node-tor": sessionsOutOf("node-tor", view.sessions.values()),
    "tor-spine": sessionsOutOf("tor-spine", view.sessions.values()),
  };
  const entries = [...groups].map(([key, rows]) => sessionEntry(key, rows, ways));
  return [...entries, ...silentSources(view, now)].sort(worstFirst);
}

/** Devices whose BGP daemon is gone: what cannot be seen of them is gone with it. */
export function devicesGone(rows: Iterable<SessionRow>): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const { cause, fault } of rows) if (cause === "speaker-gone" && fault) gone.add(fault.where);
  return gone;
}

/** Sessions fall together when one thing at one place explains them all. */
export function causeKey(row: SessionRow, gone: ReadonlySet<string>): string {
  const { status, cause, fault } = row;
  if (status === "unknown") {
    // Whatever cannot be seen of a device whose daemon is gone is gone with it.
    const dead = [row.near.device, row.far.device].find((name) => name !== undefined && gone.has(name));
    if (dead !== undefined) return `speaker-gone|${dead}`;
  }
  if (status === "unknown") return `unknown|${row.near.rack ?? fault?.where ?? row.id}`;
  if (cause === "speaker-gone") return `${cause}|${fault?.where ?? row.id}`;
  if (cause === "admin-shutdown" && fault) return `${status}|${cause}|${fault.where}|${row.text ?? ""}`;
  if ((cause === "hold-timer" || cause === "no-answer" || cause === "bfd-down") && fault && fault.end !== "between") {
    return `${status}|silent|${fault.where}`;
  }
  return `${status}|${row.id}`;
}

function sessionEntry(key: string, rows: readonly SessionRow[], ways: Ways): AttentionEntry {
  const sorted = [...rows].sort((a, b) => byWorst(a.status, b.status) || byNaturalName(a.id, b.id));
  const first = sorted[0] as SessionRow;
  const nodes = ownersOf("node-tor", rows);
  const devices = [
    ...new Set(rows.flatMap(({ near, far }) => [near.device, far.device]).filter((name) => name !== undefined)),
  ];
  const since = rows.reduce<number | undefined>((least, row) => earlier(least, row.since), undefined);
  const meaning = meaningFor(rows, first, ways);
  return {
    id: key,
    tone: first.status,
    sentence: rows.length === 1 ? first.sentence : together(first, rows, nodes),
    ...(meaning !== undefined && { meaning }),
    ...(since !== undefined && { since }),
    touches: touched(rows, nodes),
    ...(first.fault && { fault: first.fault }),
    sessions: sorted.map((row) => row.id),
    devices,
    href: rows.length === 1 ? `/sessions/${inUrl(first.id)}` : `/sessions?q=${inUrl(filterFor(rows, first))}`,
  };
}

/** What finds these sessions again. What cannot be seen of a dead device has another cause than what is lost with it. */
function filterFor(rows: readonly SessionRow[], { cause }: SessionRow): string {
  const device = commonDevice(rows);
  const one = rows.every((row) => row.cause === cause);
  const words = [device !== undefined && `device:${quoted(device)}`, one ? `cause:${cause}` : "!state:up"];
  return words.filter((word) => word !== false).join(" ");
}

/** The devices whose way out these sessions are. */
function ownersOf(kind: "node-tor" | "tor-spine", rows: readonly SessionRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => (row.kind === kind ? (row.near.device ?? []) : [])))].sort(byNaturalName);
}

function together(first: SessionRow, rows: readonly SessionRow[], nodes: readonly string[]): string {
  const where = first.fault?.where ?? commonDevice(rows) ?? first.far.device ?? "one place";
  const whom =
    nodes.length > 0 ? `${rows.length} sessions of ${counted(nodes.length, "node")}` : `${rows.length} sessions`;
  if (first.status === "unknown") {
    const rack = first.near.rack;
    return `${rack ? `Rack ${rack}` : where} cannot be seen: ${whom}. Whether they are up is not known.`;
  }
  if (first.cause === "speaker-gone") {
    const own = nodes.length === 1 && nodes[0] === where;
    return own
      ? `The BGP daemon of ${where} is gone, and its ${rows.length} sessions with it.`
      : `The BGP daemon of ${where} is gone: ${whom} lost with it.`;
  }
  if (first.cause === "admin-shutdown") {
    return `${where} has shut ${whom} on purpose${first.text ? `: “${first.text}”` : ""}.`;
  }
  return `${where} is silent: ${whom} lost.`;
}

/** How those that are touched still get out: nodes first, then ToRs. */
function meaningFor(rows: readonly SessionRow[], first: SessionRow, ways: Ways): string | undefined {
  if (first.cause === "family-missing") return "No routes of that family flow; the others do.";
  if (first.status === "degraded") return "Routes still flow.";
  if (first.status === "unknown") return undefined;
  const nodes = ownersOf("node-tor", rows);
  if (nodes.length > 0) return waysLeft(nodes, ways["node-tor"], NODE_WORDS);
  const tors = ownersOf("tor-spine", rows);
  return tors.length > 0 ? waysLeft(tors, ways["tor-spine"], TOR_WORDS) : undefined;
}

const NODE_WORDS = {
  cutOne: (name: string) => `${name} has no way out left: its pods are cut off.`,
  cutMany: (count: number) => `${count} nodes have no way out left: their pods are cut off.`,
  left: (name: string, through: string) => `${name} still reaches ${through}; no pod lost its path.`,
  all: "Every node touched still has a way out; no pod lost its path.",
};

const TOR_WORDS: typeof NODE_WORDS = {
  cutOne: (name) => `${name} reaches no spine any more: its rack is cut off from the others.`,
  cutMany: (count) => `${count} ToRs reach no spine any more: what hangs on them alone is cut off.`,
  left: (name, through) => `${name} still reaches ${through}.`,
  all: "Every ToR touched still reaches a spine.",
};

function waysLeft(names: readonly string[], sessions: Ways["node-tor"], words: typeof NODE_WORDS): string {
  const all = names.map((name) => waysOf(name, sessions.get(name) ?? [], "silent"));
  const cut = all.filter((one) => standing(one) === "none").map(({ name }) => name);
  const unseen = all.filter((one) => standing(one) === "notSeen").map(({ name }) => name);
  const [name = ""] = names;
  if (cut.length > 0) return cut.length === 1 ? words.cutOne(cut[0] ?? "") : words.cutMany(cut.length);
  if (unseen.length > 0) {
    const whose =
      names.length === 1 ? `${name} has` : unseen.length === 1 ? `${unseen[0]} has` : `${unseen.length} of them have`;
    return `Whether ${whose} another way out is not known: it cannot be seen.`;
  }
  if (names.length > 1) return words.all;
  const others = (sessions.get(name) ?? []).filter(({ status }) => holds(status));
  return words.left(name, list(others.map(({ far }) => far.device ?? far.address ?? "another device")));
}

function touched(rows: readonly SessionRow[], nodes: readonly string[]): AttentionEntry["touches"] {
  const racks = [...new Set(rows.flatMap(({ near, far }) => near.rack ?? far.rack ?? []))].sort(byNaturalName);
  const many =
    racks.length > 3 ? `in ${racks.length} racks` : `in ${racks.length === 1 ? "rack " : "racks "}${list(racks)}`;
  const where = racks.length === 0 ? undefined : many;
  const detail = nodes.length === 1 ? [nodes[0], where].filter((part) => part !== undefined).join(" ") : where;
  const short = nodes.length > 0 ? counted(nodes.length, "node") : counted(rows.length, "session");
  return { short, ...(detail !== undefined && { detail }) };
}

/** A source that is silent while the other ends still tell of its sessions: nothing is lost but sight. */
function silentSources(view: FabricView, now: number): readonly AttentionEntry[] {
  const explained = new Set<string>();
  for (const row of view.sessions.values()) {
    if (row.status !== "unknown" && row.cause !== "speaker-gone") continue;
    // A daemon that is gone explains its own device's silence, and never that of the other end.
    const silent = row.status === "unknown" ? [row.near.device, row.far.device] : [row.fault?.where];
    for (const name of silent) if (name !== undefined) explained.add(name);
  }
  const groups = new Map<string, SourceHealth[]>();
  for (const source of view.sources.values()) {
    if (freshness(source.lastOkAt, source.everyMs, now) !== "unknown" || explained.has(source.device)) continue;
    if (source.state === "waiting" && !source.error) continue;
    const device = view.devices.get(source.device);
    const key = `silent|${device?.rack ?? source.device}|${source.error?.reason ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups].map(([key, sources]) => silentEntry(key, sources, view));
}

function silentEntry(key: string, sources: readonly SourceHealth[], view: FabricView): AttentionEntry {
  const names = [...new Set(sources.map((source) => source.device))].sort(byNaturalName);
  const error = sources[0]?.error;
  const since = sources.reduce<number | undefined>(
    (least, source) => earlier(least, source.error?.since ?? source.lastOkAt),
    undefined,
  );
  const rack = view.devices.get(names[0] ?? "")?.rack;
  const who = names.length <= 3 ? list(names) : `${names.length} devices`;
  return {
    id: key,
    tone: "unknown",
    sentence: `${who} cannot be seen${error ? `: ${error.text}` : "; no answer for three intervals"}`.replace(
      /[.]?$/,
      ".",
    ),
    meaning: "Its sessions are told by their other ends only.",
    ...(since !== undefined && { since }),
    touches: { short: counted(sources.length, "source"), ...(rack !== undefined && { detail: `in rack ${rack}` }) },
    fault: { end: "unseen", where: who, certainty: "certain", because: error?.text ?? "it does not answer" },
    sessions: [],
    devices: names,
    href: `/sources?q=${inUrl(names[0] ?? "")}`,
  };
}

function commonDevice(rows: readonly SessionRow[]): string | undefined {
  const [first, ...rest] = rows;
  return [first?.far.device, first?.near.device].find(
    (name) => name !== undefined && rest.every((row) => row.far.device === name || row.near.device === name),
  );
}

function worstFirst(a: AttentionEntry, b: AttentionEntry): number {
  return byWorst(a.tone, b.tone) || (b.since ?? 0) - (a.since ?? 0) || byNaturalName(a.id, b.id);
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

/** Half a surrogate in a device's text would throw. */
function inUrl(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function list(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
