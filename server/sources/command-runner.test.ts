import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type RunOptions, runCommand } from "./command-runner.ts";

const NODE = process.execPath;

function run(script: string, options: Partial<RunOptions> = {}) {
  const signal = new AbortController().signal;
  return runCommand([NODE, "-e", script], { signal, deadlineMs: 5_000, maxBytes: 100_000, ...options });
}

describe("a command that ends", () => {
  test("tells both outputs and its code", async () => {
    expect(await run('console.log("out"); console.error("err"); process.exitCode = 3')).toEqual({
      ended: "exited",
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  test("by a signal that is not ours says which", async () => {
    expect(await run('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)')).toMatchObject({
      ended: "killed",
      bySignal: "SIGTERM",
    });
  });

  test("saw no shell, no standard input and nothing of our environment", async () => {
    process.env.SECRET_OF_OURS = "s3cr3t";
    const script = `console.log(JSON.stringify([process.argv.slice(1), process.env, require("node:fs").readFileSync(0, "utf8")]))`;
    const ran = await runCommand([NODE, "-e", script, "$HOME;", "`id`"], {
      signal: new AbortController().signal,
      deadlineMs: 5_000,
      maxBytes: 10_000,
      env: { KUBECONFIG: "/etc/kube" },
    });
    delete process.env.SECRET_OF_OURS;
    const [argv, env, input] = JSON.parse(ran.ended === "exited" ? ran.stdout : "[]");
    expect(argv).toEqual(["$HOME;", "`id`"]);
    expect(Object.keys(env).sort()).toEqual(["KUBECONFIG", "LC_ALL", "PATH"]);
    expect(input).toBe("");
  });
});

test("a program that does not exist was not started", async () => {
  const options = { signal: new AbortController().signal, deadlineMs: 1_000, maxBytes: 1_000 };
  expect(await runCommand(["/nonexistent/vtysh"], options)).toEqual({ ended: "not-started", code: "ENOENT" });
  expect(await runCommand([], options)).toEqual({ ended: "not-started", code: "ENOENT" });
});

test("output of both kinds together is capped", async () => {
  const script =
    'setInterval(() => { process.stdout.write("x".repeat(999)); process.stderr.write("y".repeat(999)); }, 1)';
  expect(await run(script, { maxBytes: 10_000 })).toEqual({ ended: "too-large" });
});

test("at the deadline the whole process group ends, not only the program", async () => {
  const child = "setInterval(() => {}, 1000)";
  const script = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
    require("node:fs").writeFileSync(process.env.PID_FILE, String(child.pid));
    setInterval(() => {}, 1000);`;
  const folder = mkdtempSync(join(tmpdir(), "runner-"));
  const file = join(folder, "pid");
  expect(await run(script, { deadlineMs: 1_000, env: { PID_FILE: file } })).toEqual({ ended: "timeout" });
  const grandchild = Number(readFileSync(file, "utf8"));
  rmSync(folder, { recursive: true });
  await expect.poll(() => isAlive(grandchild), { timeout: 2_000 }).toBe(false);
});

test("a command that nobody waits for any more is ended", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  expect(await run("setInterval(() => {}, 1000)", { signal: stop.signal })).toEqual({ ended: "aborted" });
  expect(await run("0", { signal: stop.signal })).toEqual({ ended: "aborted" });
});

/** A killed process that its new parent has not yet buried still has a pid. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
