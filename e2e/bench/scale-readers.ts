import { Agent, get, type IncomingMessage } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";

/**
 * So many browsers, as far as the server can tell: each holds `/api/stream` open and reads all of it.
 * `node e2e/bench/scale-readers.ts URL READERS SETTLE_SEC SECONDS` prints what they saw as one line of JSON.
 *
 * One frame is the same bytes for every reader, so that its JSON is read once; when it was complete is noted for each.
 */
const [url = "", ...figures] = process.argv.slice(2);
const [readers = 0, settleSec = 0, seconds = 0] = figures.map(Number);
if (!url || !(readers > 0) || !(settleSec >= 0) || !(seconds > 0)) {
  console.error("usage: node e2e/bench/scale-readers.ts URL READERS SETTLE_SEC SECONDS");
  process.exit(2);
}

interface Delta {
  readonly id: string;
  readonly asOf: number;
  readonly sessions?: Readonly<Record<string, unknown>>;
  readonly events?: readonly { readonly at: number; readonly session?: string }[];
}

interface Frame {
  readonly n: number;
  readonly asOf: number;
  /** Instants of its events, and how many bear each. */
  readonly ats: ReadonlyMap<number, number>;
  readonly rows: number;
  readonly events: number;
  readonly bytes: number;
}

/** Counts per millisecond. */
const FROM_EVENT = new Uint32Array(20_001);
const FROM_SENDING = new Uint32Array(20_001);
const frames = new Map<number, Frame>();
let frameCount = 0;
let gaps = 0;
let ended = 0;
let resyncs = 0;
let missing = 0;
let from = Number.POSITIVE_INFINITY;
let until = Number.POSITIVE_INFINITY;
let counted = { rows: 0, events: 0, bytes: 0, frames: 0 };

const viewAskedAt = performance.now();
const answer = await fetch(`${url}/api/trpc/fabric.view`);
const text = await answer.text();
const viewMs = performance.now() - viewAskedAt;
const { id: after, sessions } = (JSON.parse(text) as { result: { data: { id: string; sessions: readonly unknown[] } } })
  .result.data;

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
const lastIds = new Int32Array(readers);
for (let i = 0; i < readers; i++) {
  open(i);
  if (i % 25 === 24) await delay(20);
}
await delay(settleSec * 1_000);
from = Date.now();
until = from + seconds * 1_000;
console.log("counting");
/** How late this program itself is: what it adds to every figure. */
const lateness = monitorEventLoopDelay({ resolution: 5 });
lateness.enable();
const cpu = process.cpuUsage();
await delay(seconds * 1_000);
const { user, system } = process.cpuUsage(cpu);
const readersCores = (user + system) / (seconds * 1e6);
lateness.disable();
// A frame that is late counts as late as it is, not as absent.
await delay(3_000);

const latest = Math.max(...lastIds);
for (const id of lastIds) if (latest - id > 20) missing++;
console.log(
  JSON.stringify({
    sessions: sessions.length,
    viewMs,
    viewBytes: text.length,
    eventMs: quantiles(FROM_EVENT),
    sendingMs: quantiles(FROM_SENDING),
    ...counted,
    delivered: frameCount,
    gaps,
    ended,
    resyncs,
    missing,
    readersLateMs: lateness.percentile(99) / 1e6,
    readersCores,
  }),
);
process.exit(0);

function open(reader: number): void {
  get(`${url}/api/stream?after=${encodeURIComponent(after)}`, { agent }, (response) => read(reader, response)).on(
    "error",
    () => ended++,
  );
}

function read(reader: number, response: IncomingMessage): void {
  let kept: Buffer[] = [];
  response.on("data", (chunk: Buffer) => {
    const now = Date.now();
    let start = 0;
    // Chunks of the stream end with its frames, but for those that fill the socket's buffer.
    for (let end = chunk.indexOf("\n\n"); end >= 0; end = chunk.indexOf("\n\n", start)) {
      const piece = chunk.subarray(start, end);
      take(reader, kept.length === 0 ? piece : Buffer.concat([...kept, piece]), now);
      kept = [];
      start = end + 2;
    }
    if (start < chunk.length) kept.push(chunk.subarray(start));
  });
  response.on("end", () => ended++);
}

function take(reader: number, bytes: Buffer, now: number): void {
  const head = bytes.toString("latin1", 0, 80);
  if (head.startsWith("event: resync")) resyncs++;
  const n = Number(/^id: \w+:(\d+)\n/.exec(head)?.[1] ?? Number.NaN);
  if (!(n > 0)) return;
  const last = lastIds[reader] ?? 0;
  if (last > 0 && n !== last + 1) gaps++;
  lastIds[reader] = n;
  const frame = frames.get(n) ?? parsed(n, bytes);
  if (frame.asOf < from || frame.asOf > until) return;
  if (frame.bytes !== bytes.length) gaps++;
  frameCount++;
  count(FROM_SENDING, now - frame.asOf, 1);
  for (const [at, events] of frame.ats) count(FROM_EVENT, now - at, events);
}

function parsed(n: number, bytes: Buffer): Frame {
  const data = bytes.toString("utf8").split("\ndata: ")[1] ?? "[]";
  const deltas = JSON.parse(data) as readonly Delta[];
  const ats = new Map<number, number>();
  let rows = 0;
  let events = 0;
  for (const delta of deltas) {
    rows += Object.keys(delta.sessions ?? {}).length;
    for (const { at, session } of delta.events ?? []) {
      if (session === undefined) continue;
      events++;
      ats.set(at, (ats.get(at) ?? 0) + 1);
    }
  }
  const frame = { n, asOf: deltas.at(-1)?.asOf ?? 0, ats, rows, events, bytes: bytes.length };
  frames.set(n, frame);
  frames.delete(n - 2_000);
  if (frame.asOf >= from && frame.asOf <= until) {
    counted = {
      rows: counted.rows + rows,
      events: counted.events + events,
      bytes: counted.bytes + bytes.length,
      frames: counted.frames + 1,
    };
  }
  return frame;
}

function count(histogram: Uint32Array, ms: number, times: number): void {
  const slot = Math.max(0, Math.min(histogram.length - 1, Math.round(ms)));
  histogram[slot] = (histogram[slot] ?? 0) + times;
}

function quantiles(histogram: Uint32Array): { p50: number; p99: number; max: number } {
  const all = histogram.reduce((sum, one) => sum + one, 0);
  const at = (share: number) => {
    let seen = 0;
    for (const [ms, one] of histogram.entries()) {
      seen += one;
      if (one > 0 && seen >= share * all) return ms;
    }
    return 0;
  };
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
