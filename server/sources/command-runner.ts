import { spawn } from "node:child_process";

/** How a command ended. Only `exited` says anything about what it printed. */
export type Ran =
  | { readonly ended: "exited"; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** By a signal that was not ours. */
  | { readonly ended: "killed"; readonly bySignal: string; readonly stdout: string; readonly stderr: string }
  /** It never ran: `ENOENT` no such program, `EACCES` not ours to run. */
  | { readonly ended: "not-started"; readonly code: string }
  | { readonly ended: "timeout" }
  | { readonly ended: "too-large" }
  | { readonly ended: "aborted" };

export interface RunOptions {
  readonly signal: AbortSignal;
  /** From the start until both outputs are closed. */
  readonly deadlineMs: number;
  /** Of standard output and standard error together. */
  readonly maxBytes: number;
  /** Beside a fixed `PATH` and `LC_ALL`, the whole environment. Ours is not handed on: it may hold credentials. */
  readonly env?: Readonly<Record<string, string>>;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Runs a program, without a shell, with nothing on its standard input, and waits for its end.
 *
 * At the deadline, at too much output and when aborted, its whole process group is killed, so that a program that it
 * started does not live on. `argv` must be fixed by settings or by an allow-list: a leading dash in an argument from
 * outside would be an option.
 */
export function runCommand(argv: readonly string[], options: RunOptions): Promise<Ran> {
  const { signal, deadlineMs, maxBytes, env = {} } = options;
  const [program, ...args] = argv;
  if (program === undefined) return Promise.resolve({ ended: "not-started", code: "ENOENT" });
  if (signal.aborted) return Promise.resolve({ ended: "aborted" });

  // Next declares NODE_ENV as never missing from an environment; it means its own.
  const environment = { PATH, LC_ALL: "C.UTF-8", ...env } as unknown as NodeJS.ProcessEnv;

  return new Promise((resolve) => {
    const child = spawn(program, args, {
      shell: false,
      detached: true, // its own process group, which can be killed whole
      stdio: ["ignore", "pipe", "pipe"],
      env: environment,
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let bytes = 0;

    const end = (ran: Ran) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      child.stdout.destroy();
      child.stderr.destroy();
      if (child.pid !== undefined) killGroup(child.pid);
      resolve(ran);
    };
    const onAbort = () => end({ ended: "aborted" });
    const timer = setTimeout(() => end({ ended: "timeout" }), Math.max(0, deadlineMs));
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) end({ ended: "too-large" });
      else into.push(chunk);
    };

    signal.addEventListener("abort", onAbort, { once: true });
    child.stdout.on("data", collect(stdout));
    child.stderr.on("data", collect(stderr));
    child.on("error", (error) => end({ ended: "not-started", code: codeOf(error) }));
    child.on("close", (code, bySignal) => {
      const printed = { stdout: textOf(stdout), stderr: textOf(stderr) };
      if (code === null) end({ ended: "killed", bySignal: String(bySignal), ...printed });
      else end({ ended: "exited", code, ...printed });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // ESRCH: every process of the group has ended
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
