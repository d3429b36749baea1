import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { clean } from "./fabric.ts";

const DONE = "done";

export interface Keeper {
  /** Sends the keeper home; the lab is then the caller's to end. */
  dismiss(): Promise<void>;
}

/**
 * Sees to it that a lab ends with this process, also when that is killed: a process of its own session holds the other
 * end of a pipe, which the kernel closes for whoever dies.
 */
export function keepLab(name: string): Keeper {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), name], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.on("error", () => {}); // without a keeper the next run sweeps
  child.stdin.on("error", () => {});
  child.unref();
  return {
    async dismiss() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const ended = once(child, "exit");
      child.stdin.end(DONE);
      await ended;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let told = "";
  for await (const chunk of process.stdin) told += String(chunk);
  if (told !== DONE) await clean(process.argv[2] ?? "");
}
