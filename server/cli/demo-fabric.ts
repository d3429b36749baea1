import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const READY_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 3000;

const Ready = z.object({ ready: z.literal(true), config: z.string(), devices: z.number() });

export interface DemoOptions {
  readonly size?: string | undefined;
  readonly seed?: number | undefined;
  readonly paused?: boolean | undefined;
}

export interface DemoFabric {
  /** Configuration of a console that watches it. */
  readonly config: string;
  readonly devices: number;
  /** Resolves when the demo has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the demo fabric as a program of its own, in a fresh directory of its own, and waits until its devices answer.
 * It ends with us, also when we are killed: its standard input then closes.
 *
 * @throws Error when it is not ready within a minute, or ends before.
 */
export async function startDemoFabric({ size, seed, paused }: DemoOptions): Promise<DemoFabric> {
  const directory = await mkdtemp(join(tmpdir(), "peerglass-demo-")); // 0700
  const args = [
    "--disable-warning=ExperimentalWarning",
    fileURLToPath(new URL("../demo/start.ts", import.meta.url)),
    "--dir",
    directory,
    "--exit-with-parent",
    ...(size === undefined ? [] : ["--size", size]),
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(paused ? ["--paused"] : []),
  ];
  // Detached: Ctrl-C of the terminal reaches the console alone, and the demo ends after it, by `stop`.
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], detached: true });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN_MS);
    await ended;
    clearTimeout(late);
    await rm(directory, { recursive: true, force: true });
  };

  try {
    const { config, devices } = await readyLine(child, ended);
    return { config, devices, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first line that it prints; all later ones are passed on to standard error. */
function readyLine(child: ChildProcess, ended: Promise<void>): Promise<z.infer<typeof Ready>> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the demo fabric ${why}`));
    const timer = setTimeout(() => fail(`was not ready within ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS);
    void ended.then(() => {
      clearTimeout(timer);
      fail("ended before it was ready; its own words stand above");
    });
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    if (!child.stdout) return fail("has no output");

    let first = true;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!first) {
        process.stderr.write(`${line}\n`);
        return;
      }
      first = false;
      clearTimeout(timer);
      try {
        resolve(Ready.parse(JSON.parse(line)));
      } catch (cause) {
        reject(new Error("the demo fabric said something else than that it is ready", { cause }));
      }
    });
  });
}
