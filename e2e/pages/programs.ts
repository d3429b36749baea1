import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NODE = join(ROOT, "node_modules/.bin/node");

/** The demo fabric as a program of its own, its weather stopped, steered over its control socket. */
export interface Demo {
  readonly config: string;
  /** Sends one line to `demo.ctl` and gives its JSON answer. @throws Error when the demo refuses. */
  control(line: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

export async function startDemo(...options: readonly string[]): Promise<Demo> {
  const dir = mkdtempSync(join(tmpdir(), "peerglass-pages-"));
  const args = ["server/demo/start.ts", "--dir", dir, "--paused", "--exit-with-parent", "--every", "1", ...options];
  const child = start(args, {}, ["pipe", "pipe", "inherit"]);
  await line(child, /"ready":true/);
  return {
    config: join(dir, "peerglass.yaml"),
    control: (text) => control(join(dir, "demo.ctl"), text),
    async stop() {
      await end(child);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The console itself. `kill` is `kill -9`; `restart` starts it anew on the same port. */
export interface ConsoleProgram {
  readonly url: string;
  readonly output: () => string;
  readonly pid: () => number;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startConsole(
  config: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ConsoleProgram> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let said = "";
  const launch = async () => {
    const child = start(["server/main.ts", "--config", config], { PORT: String(port), NODE_ENV: "production", ...env });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    for (let tries = 0; tries < 300; tries++) {
      if (child.exitCode !== null) throw new Error(`the console ended: ${said.slice(-2_000)}`);
      const ready = await fetch(`${url}/sources`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      if (ready?.ok) return child;
      await delay(100);
    }
    throw new Error(`the console does not answer: ${said.slice(-2_000)}`);
  };
  let child = await launch();
  return {
    url,
    output: () => said,
    pid: () => child.pid ?? 0,
    kill: () => end(child, "SIGKILL"),
    async restart() {
      child = await launch();
    },
    stop: () => end(child),
  };
}

interface EndOfView {
  readonly device?: string;
  readonly rack?: string;
  readonly address?: string;
  readonly asn?: number;
}

export interface SessionOfView {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly cause: string;
  readonly near: EndOfView;
  readonly far: EndOfView;
}

/** All of `fabric.view`, loosely: the tests name what they read. */
export async function fabricView(url: string): Promise<{
  readonly sessions: readonly SessionOfView[];
  readonly sources: readonly {
    id: string;
    device: string;
    state: string;
    lastOkAt?: number;
    error?: { reason: string; text: string };
  }[];
  readonly impaired?: { text: string };
}> {
  const answer = await fetch(`${url}/api/trpc/fabric.view`);
  if (!answer.ok) throw new Error(`fabric.view answered ${answer.status}`);
  return ((await answer.json()) as { result: { data: never } }).result.data;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the kernel gave no port");
  return address.port;
}

type Stdio = ["ignore" | "pipe", "pipe", "pipe" | "inherit"];

function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdio: Stdio = ["ignore", "pipe", "pipe"],
): ChildProcess {
  return spawn(NODE, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio,
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(late);
}

function line(child: ChildProcess, wanted: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (wanted.test(text)) resolve();
    });
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it was ready: ${text}`)));
  });
}

function control(path: string, text: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => socket.write(`${text}\n`));
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("error", reject);
    socket.on("data", (chunk: string) => {
      answer += chunk;
      if (!answer.includes("\n")) return;
      socket.destroy();
      const said = JSON.parse(answer) as Record<string, unknown>;
      if (said.ok === true) resolve(said);
      else reject(new Error(`${text}: ${String(said.error)}`));
    });
  });
}
