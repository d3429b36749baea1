import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Lab } from "./description.ts";
import { kill } from "./namespaces.ts";
import { peerglassYaml } from "./peerglass-yaml.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NODE = `${ROOT}node_modules/.bin/node`;

/** A console that watches a lab: the program itself, reached over HTTP like any other. */
export interface Console {
  readonly url: string;
  /** Ends the program, and waits for that. */
  stop(): Promise<void>;
  /** Resolves when the program ends. */
  readonly ended: Promise<void>;
}

/**
 * Starts the console on a lab and waits until it answers.
 *
 * @param output where its own output goes: the terminal, or `console.log` in the lab's directory
 * @throws Error with the end of its log when it ends, or is not there within 60 s.
 */
export async function startConsole(lab: Lab, port: number, output: "inherit" | "log"): Promise<Console> {
  const config = `${lab.directory}/peerglass.yaml`;
  const log = `${lab.directory}/console.log`;
  await writeFile(config, peerglassYaml(lab));
  const child = spawn(NODE, ["--disable-warning=ExperimentalWarning", "server/main.ts", "--config", config], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), NODE_ENV: "production" },
    stdio: ["ignore", output === "inherit" ? "inherit" : "pipe", output === "inherit" ? "inherit" : "pipe"],
  });
  if (output === "log") {
    const file = createWriteStream(log);
    child.stdout?.pipe(file, { end: false });
    child.stderr?.pipe(file, { end: false });
  }
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  if (child.pid !== undefined) await writeFile(pidFile(lab.directory), String(child.pid));

  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopChild(child, ended);
  const startedAt = Date.now();
  while (!(await answers(url))) {
    const late = Date.now() - startedAt > 60_000;
    if (late || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      await stop();
      const words = (await readFile(log, "utf8").catch(() => "")).trim().split("\n").slice(-10).join("\n");
      throw new Error(`the console ${late ? "does not answer after 60 s" : "ended before it answered"}: ${words}`);
    }
    await delay(100);
  }
  return { url, stop, ended };
}

/** Ends a console that a crashed run left behind: a process still of our making, or none. */
export async function endOfConsole(directory: string): Promise<void> {
  const pid = Number.parseInt(await readFile(pidFile(directory), "utf8").catch(() => ""), 10);
  if (!(pid > 1)) return;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  if (commandLine.split("\0").includes(`${directory}/peerglass.yaml`)) kill(pid, "SIGKILL");
  await rm(pidFile(directory), { force: true });
}

/** A TCP port of loopback that nobody held a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the kernel gave no port");
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/trpc/fabric.view`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.ok === true;
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const late = AbortSignal.timeout(5_000);
  late.addEventListener("abort", () => child.kill("SIGKILL"));
  await ended;
}

function pidFile(directory: string): string {
  return `${directory}/console.pid`;
}
