import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

/** A program that runs the script after `runChild`'s own rules, as the launcher does. */
const directory = mkdtempSync(join(tmpdir(), "peerglass child-"));
afterAll(() => rmSync(directory, { recursive: true }));

const runner = join(directory, "runner.mjs");
const module = fileURLToPath(new URL("./run-child.mjs", import.meta.url));
writeFileSync(
  runner,
  `import { runChild } from ${JSON.stringify(module)};
process.exitCode = await runChild(process.execPath, ["-e", process.argv[2]]);`,
);

function launch(script: string) {
  const child = spawn(process.execPath, [runner, script], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.setEncoding("utf8");
  return child;
}

async function ended(child: ReturnType<typeof launch>): Promise<unknown> {
  const [code, signal] = await once(child, "exit");
  return code ?? signal;
}

test("the child's exit code becomes ours", async () => {
  expect(await ended(launch("process.exit(7)"))).toBe(7);
});

test("a child that a signal ended is told as 128 + its number, as a shell does", async () => {
  expect(await ended(launch("process.kill(process.pid, 'SIGKILL')"))).toBe(137);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s reaches the child, which may end in its own way",
  async (signal) => {
    const child = launch(`
    process.on("${signal}", () => { console.log("tidied"); process.exit(3); });
    setInterval(() => {}, 1000);
    console.log("ready");`);
    let heard = "";
    child.stdout.on("data", (text: string) => {
      if (heard === "") child.kill(signal);
      heard += text;
    });

    expect(await ended(child)).toBe(3);
    expect(heard).toBe("ready\ntidied\n");
  },
);

test("a child that listens for it learns when we are killed outright", async () => {
  const child = launch(`
    process.on("disconnect", () => { console.log("orphaned"); process.exit(0); });
    setInterval(() => {}, 1000);
    console.log("ready");`);
  let heard = "";
  child.stdout.on("data", (text: string) => {
    if (heard === "") child.kill("SIGKILL");
    heard += text;
  });
  await once(child.stdout, "end");

  expect(heard).toBe("ready\norphaned\n");
});

test("a program that is not there rejects, and leaves no listener", async () => {
  const { runChild } = await import("./run-child.mjs");
  const before = process.listenerCount("SIGTERM");

  await expect(runChild(join(directory, "nothing"), [])).rejects.toThrow(/ENOENT/);
  expect(process.listenerCount("SIGTERM")).toBe(before);
});
