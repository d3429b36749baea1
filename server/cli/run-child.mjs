import { spawn } from "node:child_process";

/** How long a child may take to end by itself after Ctrl-C, before the signal is passed on as well. */
const CTRL_C_GRACE_MS = 1000;

const SIGNAL_NUMBER = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGKILL: 9 };

/**
 * Runs a program with our own input and output until it ends. Plain JavaScript: it must run on Node 20.
 *
 * SIGTERM and SIGHUP are passed on. Ctrl-C reaches the whole terminal group, so the child has it already: only if it
 * still runs after a second, or where there is no terminal, is SIGINT passed on. A channel (IPC) stays open, so that a
 * child which listens for `disconnect` also ends when we are killed outright.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + n when signal n ended it
 */
export function runChild(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { stdio: ["inherit", "inherit", "inherit", "ipc"], ...options });

    const pass = (signal) => child.kill(signal);
    const interrupt = () => {
      if (process.stdin.isTTY) setTimeout(() => child.kill("SIGINT"), CTRL_C_GRACE_MS).unref();
      else child.kill("SIGINT");
    };
    process.on("SIGTERM", pass).on("SIGHUP", pass).on("SIGINT", interrupt);

    const ended = () => {
      process.off("SIGTERM", pass).off("SIGHUP", pass).off("SIGINT", interrupt);
    };
    child.on("error", (error) => {
      ended();
      reject(error);
    });
    child.on("exit", (code, signal) => {
      ended();
      resolve(code ?? 128 + (SIGNAL_NUMBER[signal] ?? 0));
    });
  });
}
