import { freshness, type SourceHealth } from "../fabric/observation.ts";
import { SESSION_STATUSES, type SessionStatus } from "../fabric/session.ts";
import type { Fault } from "../fabric/verdict.ts";
import { sessionsByNode, standing, waysOf } from "./redundancy.ts";
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

const RANK = new Map<SessionStatus, number>(SESSION_STATUSES.map((status, i) => [status, i]));
const byName = new Intl.Collator("en", { numeric: true }).compare;

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
  const byNode = groups.size > 0 ? sessionsByNode(view.sessions.values()) : new Map<string, readonly SessionRow[]>();
  const entries = [...groups].map(([key, rows]) => sessionEntry(key, rows, byNode));
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
  if (cause === "admin-shutdown" && fault && !/“/.test(row.sentence)) return `${status}|${cause}|${fault.where}`;
  if (cause === "admin-shutdown") return `${status}|${cause}|${fault?.where}|${row.sentence.split("“")[1] ?? ""}`;
  if ((cause === "hold-timer" || cause === "no-answer" || cause === "bfd-down") && fault && fault.end !== "between") {
    return `${status}|silent|${fault.where}`;
  }
  return `${status}|${row.id}`;
}

function sessionEntry(
  key: string,
  rows: readonly SessionRow[],
  byNode: ReadonlyMap<string, readonly SessionRow[]>,
): AttentionEntry {
  const sorted = [...rows].sort((a, b) => rankOf(a.status) - rankOf(b.status) || byName(a.id, b.id));
  const first = sorted[0] as SessionRow;
  const nodes = [...new Set(rows.flatMap((row) => (row.kind === "node-tor" ? (row.near.device ?? []) : [])))].sort(
    byName,
  );
  const devices = [
    ...new Set(rows.flatMap(({ near, far }) => [near.device, far.device]).filter((name) => name !== undefined)),
  ];
  const since = rows.reduce<number | undefined>((least, row) => earlier(least, row.since), undefined);
  const meaning = meaningFor(nodes, byNode, first);
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
    href:
      rows.length === 1
        ? `/sessions/${inUrl(first.id)}`
        : `/sessions?q=${inUrl(`cause:${first.cause} ${commonDevice(rows) ?? ""}`.trim())}`,
  };
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
    const text = /“.*”/.exec(first.sentence)?.[0];
    return `${where} has shut ${whom} on purpose${text ? `: ${text}` : ""}.`;
  }
  return `${where} is silent: ${whom} lost.`;
}

/** How the nodes that are touched still get out. */
function meaningFor(
  nodes: readonly string[],
  byNode: ReadonlyMap<string, readonly SessionRow[]>,
  row: SessionRow,
): string | undefined {
  if (row.status === "degraded") return "Routes still flow.";
  if (row.status === "unknown") return undefined;
  const ways = nodes.map((name) => waysOf(name, byNode.get(name) ?? []));
  const cut = ways.filter((node) => standing(node) === "none").map((node) => node.name);
  if (cut.length > 0) {
    return cut.length === 1
      ? `${cut[0]} has no way out left: its pods are cut off.`
      : `${cut.length} nodes have no way out left: their pods are cut off.`;
  }
  if (nodes.length === 1) {
    const name = nodes[0] as string;
    const others = (byNode.get(name) ?? []).filter((other) => other.status === "up" || other.status === "degraded");
    const through = others.map((other) => other.far.device ?? other.far.address ?? "another ToR");
    return through.length > 0 ? `${name} still reaches ${list(through)}; no pod lost its path.` : undefined;
  }
  if (nodes.length > 1) return "Every node touched still has a way out; no pod lost its path.";
  return row.kind === "tor-spine" ? "Traffic takes the other spines." : undefined;
}

function touched(rows: readonly SessionRow[], nodes: readonly string[]): AttentionEntry["touches"] {
  const racks = [...new Set(rows.flatMap(({ near, far }) => near.rack ?? far.rack ?? []))].sort(byName);
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
    for (const end of [row.near, row.far]) if (end.device !== undefined) explained.add(end.device);
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
  const names = [...new Set(sources.map((source) => source.device))].sort(byName);
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
  const rank = rankOf(a.tone) - rankOf(b.tone);
  return rank || (b.since ?? 0) - (a.since ?? 0) || byName(a.id, b.id);
}

function rankOf(status: SessionStatus): number {
  return RANK.get(status) ?? RANK.size;
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
