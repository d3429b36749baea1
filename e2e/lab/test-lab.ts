import { readdir } from "node:fs/promises";
import { clean } from "./fabric.ts";
import { namespacesOf } from "./namespaces.ts";

/** Name of a lab that belongs to this test run, so that runs at the same time do not end each other's. */
export function testLabName(suffix = ""): string {
  return `t${process.pid}${suffix}`;
}

/** Removes what test runs that are no more have left behind. */
export async function sweepTestLabs(): Promise<void> {
  const directories = await readdir("/run/peerglass-lab").catch((): string[] => []);
  const namespaces = (await namespacesOf("pg-t")).map((name) => name.split("-")[1] ?? "");
  for (const name of new Set([...directories, ...namespaces])) {
    const pid = /^t(\d+)[a-z]?$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) await clean(name);
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}
