import { fileURLToPath } from "node:url";
import { buildPages } from "./prepare.mjs";
import { runChild } from "./run-child.mjs";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface ConsoleOptions {
  /** Absolute. Without it the environment alone speaks. */
  readonly config?: string | undefined;
  readonly port?: number | undefined;
  readonly allowRemote?: boolean | undefined;
}

/** Builds the pages where they are missing or older than their source. */
export function preparePages(): Promise<void> {
  return buildPages(ROOT);
}

/**
 * V8 lets garbage pile up to a share of the machine's memory before it collects: on a large machine that is several times
 * what the console holds (20,000 sessions live in 130 MB). NODE_OPTIONS goes before.
 */
function heapLimit(env: NodeJS.ProcessEnv): readonly string[] {
  return env.NODE_OPTIONS?.includes("max-old-space-size") ? [] : ["--max-old-space-size=2048"];
}

/** Our own environment, in which the options of the command line go before the rest. */
export function consoleEnvironment({ port, allowRemote }: Omit<ConsoleOptions, "config">): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(port !== undefined && { PORT: String(port) }),
    ...(allowRemote && { PEERGLASS_LISTEN_ALLOWREMOTE: "true" }),
  };
}

/** Runs the console until it ends, with our own input and output; it prints its address itself. @returns its exit code. */
export function runConsole({ config, port, allowRemote }: ConsoleOptions): Promise<number> {
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  const args = ["--disable-warning=ExperimentalWarning", ...heapLimit(process.env), main];
  const env = { ...consoleEnvironment({ port, allowRemote }), NODE_ENV: "production" as const };
  return runChild(process.execPath, config === undefined ? args : [...args, "--config", config], { cwd: ROOT, env });
}
