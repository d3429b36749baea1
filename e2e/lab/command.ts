import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/**
 * Runs a program to its end and gives what it wrote to stdout.
 *
 * @throws Error that names the program, its exit code and the end of its stderr.
 */
export function run(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [program = "", ...args] = argv;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // stdout goes to a pipe and stderr too; a daemon that detaches closes both, so "close" still comes.
  const child = spawn(program, args, {
    stdio: ["pipe", "pipe", "pipe"],
    timeout: options.timeoutMs ?? 20_000,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {}); // a program that ends early does not read; its exit code tells why
  child.stdin.end(options.stdin ?? "");
  child.on("error", (cause) => reject(new Error(`${program} cannot be run: ${cause.message}`, { cause })));
  child.on("close", (code, signal) => {
    if (code === 0) return resolve(stdout);
    const words = stderr.trim().split("\n").slice(-5).join("; ") || "it said nothing";
    reject(new Error(`${argv.slice(0, 6).join(" ")} ended with ${signal ?? `exit code ${code}`}: ${words}`));
  });
  return promise;
}

/** As `map`, with at most `limit` at a time. Rejects with the first failure. */
export async function eachOf<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
