import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { cpuMsOf, end, node, output } from "./process.ts";
import { atMost, median, type Result, told } from "./result.ts";

const BIRD = "/usr/sbin/bird";
const EXPORTER = "/usr/bin/prometheus-bird-exporter";
/** A collector runs for weeks: what the compiler still has to learn in its first readings is not what it costs. */
const WARM_UP = 25;
const ROUNDS = 15;
const EXPORTER_ROUNDS = 3;
const PORT = 19_324;

/**
 * Reading `show protocols all` of a real BIRD 2, by our source and by Debian's exporter, on one control socket in one run.
 * Ours builds a `Neighbor` for every session and keeps its raw text; the exporter writes about 7 kB of metrics text for it.
 */
export async function run(): Promise<Result[]> {
  for (const program of [BIRD, EXPORTER]) {
    if (!existsSync(program))
      throw new Error(`${program} is missing. As root on Debian: apt-get install bird2 prometheus-bird-exporter`);
  }
  return [...(await real(1_000)), ...(await real(10_000)), ...(await replayed(10_000))];
}

/** A BIRD with so many BGP protocols that wait passively: it answers for all of them, and speaks to nobody. */
async function real(sessions: number): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), "pb-bird-"));
  const socket = join(dir, "bird.ctl");
  const protocols = Array.from({ length: sessions }, (_, i) => {
    const address = `10.${100 + (i >> 14)}.${(i >> 6) & 255}.${(i & 63) + 1}`;
    return `protocol bgp p${i} { local 127.0.0.1 as 65000; neighbor ${address} as ${64_512 + (i % 1_000)}; multihop; passive; ipv4 { import all; export none; }; }`;
  });
  writeFileSync(
    join(dir, "bird.conf"),
    `router id 10.0.0.1;\nlog "${dir}/bird.log" all;\nprotocol device { }\n${protocols.join("\n")}\n`,
  );
  const bird = spawn(BIRD, ["-f", "-c", join(dir, "bird.conf"), "-s", socket, "-P", join(dir, "bird.pid")], {
    stdio: "ignore",
  });
  try {
    await there(socket);
    return await compare(`${sessions} sessions`, socket, sessions, bird);
  } finally {
    await end(bird);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Many established sessions do not come up between two BIRDs on one machine: a real block is served many times instead. */
async function replayed(sessions: number): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), "pb-bird-"));
  const socket = join(dir, "bird.ctl");
  const stand = node(["e2e/bench/bird-replay.ts", socket, String(sessions)]);
  try {
    await there(socket);
    return await compare(`${sessions} established sessions, replayed`, socket, sessions, undefined);
  } finally {
    await end(stand);
    rmSync(dir, { recursive: true, force: true });
  }
}

async function compare(
  story: string,
  socket: string,
  sessions: number,
  bird: ChildProcess | undefined,
): Promise<Result[]> {
  const daemon = (bird?.pid ?? 0) > 0 ? bird?.pid : undefined;
  const before = daemon === undefined ? 0 : cpuMsOf(daemon);
  const rounds = WARM_UP + ROUNDS;
  const ours = JSON.parse(await output(node(["server/sources/bird/measure.ts", socket, String(rounds)]))) as {
    neighbors: number;
    wallMs: number[];
    cpuMs: number[];
    rssMb: number;
  };
  if (ours.neighbors !== sessions) throw new Error(`${story}: ${ours.neighbors} neighbors were read of ${sessions}`);
  const birdMs = daemon === undefined ? undefined : (cpuMsOf(daemon) - before) / rounds;
  const wallMs = median(ours.wallMs.slice(WARM_UP));
  const cpuMs = median(ours.cpuMs.slice(WARM_UP));
  const exporter = await scrape(socket, sessions);
  const large = sessions >= 10_000;
  const ratio = (name: string, value: number) =>
    large
      ? atMost("bird", `${story}: ours / exporter, ${name}`, value, "ratio", 0.05)
      : told("bird", `${story}: ours / exporter, ${name}`, value, "ratio");
  return [
    told("bird", `${story}: ours, wall`, wallMs, "ms"),
    told("bird", `${story}: ours, CPU`, cpuMs, "ms"),
    told("bird", `${story}: exporter, wall`, exporter.wallMs, "ms"),
    told("bird", `${story}: exporter, CPU`, exporter.cpuMs, "ms"),
    ratio("wall", wallMs / exporter.wallMs),
    ratio("CPU", cpuMs / exporter.cpuMs),
    ...(birdMs === undefined
      ? []
      : [
          told("bird", `${story}: BIRD itself, CPU per reply`, birdMs, "ms"),
          ...(large ? [atMost("bird", `${story}: ours / BIRD itself, CPU`, cpuMs / birdMs, "ratio", 2)] : []),
        ]),
  ];
}

async function scrape(socket: string, sessions: number): Promise<{ wallMs: number; cpuMs: number }> {
  const child = spawn(
    EXPORTER,
    ["-bird.v2", `-bird.socket=${socket}`, "-bird.ipv6=false", `-web.listen-address=127.0.0.1:${PORT}`],
    { stdio: "ignore" },
  );
  try {
    const wall: number[] = [];
    const cpu: number[] = [];
    for (let i = 0; i < EXPORTER_ROUNDS; ) {
      const startedAt = performance.now();
      const before = child.pid === undefined ? 0 : cpuMsOf(child.pid);
      const answer = await fetch(`http://127.0.0.1:${PORT}/metrics`, { signal: AbortSignal.timeout(120_000) }).catch(
        () => undefined,
      );
      if (!answer) {
        await delay(100);
        continue;
      }
      const text = await answer.text();
      wall.push(performance.now() - startedAt);
      cpu.push(child.pid === undefined ? Number.NaN : cpuMsOf(child.pid) - before);
      const found = text.match(/^bird_protocol_up\{/gm)?.length ?? 0;
      if (found < sessions) throw new Error(`the exporter told ${found} of ${sessions} sessions`);
      i++;
    }
    return { wallMs: median(wall), cpuMs: median(cpu) };
  } finally {
    await end(child);
  }
}

/** Until somebody answers at the socket. */
async function there(socket: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const open = await new Promise<boolean>((resolve) => {
      const client = connect(socket, () => {
        client.destroy();
        resolve(true);
      });
      client.on("error", () => resolve(false));
    });
    if (open) return;
    await delay(100);
  }
  throw new Error(`nobody answers at ${socket} after 30 s`);
}
