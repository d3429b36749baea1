import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stringify } from "yaml";
import { freePort } from "../lab/console.ts";
import { cpuMsOf, end, node, rssMbOf } from "./process.ts";
import { atMost, type Result, told } from "./result.ts";

const DAEMONS = 40;
const SESSIONS = 20_000;
const CHANGES = 500;
const BROWSERS = 500;
/** Before counting: the compiler learns, the sweep of all details is over. */
const SETTLE_SEC = 15;
const SECONDS = 30;

/** What the readers' program prints; see there. */
interface Seen {
  readonly sessions: number;
  readonly viewMs: number;
  readonly viewBytes: number;
  readonly eventMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly sendingMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly rows: number;
  readonly events: number;
  readonly bytes: number;
  readonly frames: number;
  readonly delivered: number;
  readonly gaps: number;
  readonly ended: number;
  readonly resyncs: number;
  readonly missing: number;
  readonly readersLateMs: number;
  readonly readersCores: number;
}

/**
 * The console as it is run, asking forty stand-ins for BIRD every second, with 500 readers of its stream in a process of
 * their own. An event's time is when the console had the daemon's answer; 100 ms of what follows are its gathering.
 */
export async function run(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), "pb-scale-"));
  const fabric = node(["e2e/bench/scale-fabric.ts", dir, String(DAEMONS), String(SESSIONS), String(CHANGES)]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(dir, "peerglass.yaml");
  writeFileSync(config, peerglassYaml(dir));
  let console: ChildProcess | undefined;
  let readers: ChildProcess | undefined;
  try {
    await says(fabric, "ready", 10_000);
    console = node(["--max-old-space-size=2048", "server/main.ts", "--config", config], { PORT: String(port) });
    console.stdout?.resume();
    const pid = console.pid ?? 0;
    await whole(url, console);
    readers = node(["e2e/bench/scale-readers.ts", url, String(BROWSERS), String(SETTLE_SEC), String(SECONDS)]);
    const printed = lastLine(readers);
    await says(readers, "counting", 60_000);
    const { cores, rssMb } = await watched(pid, SECONDS);
    return results(JSON.parse(await printed) as Seen, cores, rssMb);
  } finally {
    for (const child of [readers, console, fabric]) if (child) await end(child);
    rmSync(dir, { recursive: true, force: true });
  }
}

function results(seen: Seen, cores: number, rssMb: number): Result[] {
  const lost = seen.gaps + seen.ended + seen.resyncs + seen.missing;
  if (seen.sessions !== SESSIONS) throw new Error(`the console shows ${seen.sessions} of ${SESSIONS} sessions`);
  const story = `${SESSIONS} sessions, ${CHANGES} changes a second, ${BROWSERS} browsers`;
  return [
    atMost("scale", `${story}: console, CPU`, cores, "cores", 1),
    atMost("scale", `${story}: console, RSS at most`, rssMb, "MB", 1_000),
    atMost("scale", `${story}: event to client, p99`, seen.eventMs.p99, "ms", 200),
    told("scale", `${story}: event to client, p50`, seen.eventMs.p50, "ms"),
    told("scale", `${story}: event to client, slowest`, seen.eventMs.max, "ms"),
    told("scale", `${story}: sending to client, p99`, seen.sendingMs.p99, "ms"),
    told("scale", "session events told, per second", seen.events / SECONDS, "per s"),
    told("scale", "sent to each browser", seen.bytes / SECONDS / 1024, "KB/s"),
    told("scale", "deltas, of those sent, that a browser has", (100 * seen.delivered) / (seen.frames * BROWSERS), "%"),
    atMost("scale", "browsers cut off, or with a gap", lost, "browsers", 0),
    told("scale", "the readers' own program: CPU", seen.readersCores, "cores"),
    told("scale", "the readers' own program: late by, p99", seen.readersLateMs, "ms"),
    told("scale", "first view of all sessions: asked for and read", seen.viewMs, "ms"),
    told("scale", "first view of all sessions: size", seen.viewBytes / 1024 / 1024, "MB"),
  ];
}

function peerglassYaml(dir: string): string {
  return stringify({
    fabric: { name: "scale" },
    poll: { everySec: 1 },
    devices: Array.from({ length: DAEMONS }, (_, i) => ({
      name: `leaf-${i + 1}`,
      role: "leaf",
      rack: `r${Math.floor(i / 2) + 1}`,
      sources: [{ kind: "bird", socket: join(dir, `${i}.ctl`) }],
    })),
  });
}

/** Until every session has been told once. */
async function whole(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}`);
    await delay(500);
    const answer = await fetch(`${url}/api/trpc/fabric.view`, { signal: AbortSignal.timeout(10_000) }).catch(
      () => undefined,
    );
    if (!answer?.ok) continue;
    const { result } = (await answer.json()) as { result: { data: { sessions: readonly unknown[] } } };
    if (result.data.sessions.length === SESSIONS) return;
  }
  throw new Error("the console does not show all sessions after a minute; is it built? npm run build");
}

/** CPU as a share of one core, and the largest of the sizes seen each half second. */
async function watched(pid: number, seconds: number): Promise<{ cores: number; rssMb: number }> {
  const from = performance.now();
  const before = cpuMsOf(pid);
  let rssMb = 0;
  while (performance.now() - from < seconds * 1_000) {
    await delay(500);
    rssMb = Math.max(rssMb, rssMbOf(pid));
  }
  return { cores: (cpuMsOf(pid) - before) / (performance.now() - from), rssMb };
}

function says(child: ChildProcess, word: string, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${word} was not said within ${withinMs} ms`)), withinMs);
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it said ${word}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      if (!chunk.toString().includes(word)) return;
      clearTimeout(late);
      resolve();
    });
  });
}

function lastLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(text.trim().split("\n").at(-1) ?? "") : reject(new Error(`the readers ended with ${code}`)),
    );
  });
}
