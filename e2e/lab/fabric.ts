import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { findBird16 } from "./bird-16.ts";
import { endOfConsole } from "./console.ts";
import { startDaemons, writeConfigs } from "./daemons.ts";
import { describeLab, type Lab, type LabOptions, namespacePrefix, runDirectory } from "./description.ts";
import { makeNamespaces, namespacesOf, removeNamespaces } from "./namespaces.ts";
import { probeEnd, probeRoutes } from "./probe.ts";

export interface Running {
  readonly lab: Lab;
  /** What is not as asked for, in words. */
  readonly notes: readonly string[];
}

/** Builds the lab anew; what a crashed run of the same name left is removed first. Sessions are not up yet. */
export async function up(options: LabOptions): Promise<Running> {
  const notes: string[] = [];
  let chosen = options;
  if (options.bird !== "2") {
    const bird16 = await findBird16();
    if ("missing" in bird16) {
      notes.push(bird16.missing);
      chosen = { ...options, bird: "2" };
    }
  }
  const lab = describeLab(chosen);
  await clean(options.name);
  try {
    await makeNamespaces(lab);
    await writeConfigs(lab);
    await writeFile(optionsFile(options.name), JSON.stringify(chosen, null, 2));
    await startDaemons(lab);
  } catch (cause) {
    await clean(options.name);
    throw cause;
  }
  return { lab, notes };
}

/**
 * Waits until both ends of every session say Established and every node holds the routes of the whole fabric.
 *
 * @returns milliseconds it took
 * @throws Error that names the ends which were not there in time.
 */
export async function waitConverged(lab: Lab, timeoutMs = 30_000): Promise<number> {
  const startedAt = Date.now();
  for (;;) {
    const missing = await whatIsMissing(lab);
    if (missing.length === 0) return Date.now() - startedAt;
    if (Date.now() - startedAt > timeoutMs) {
      const some = missing.slice(0, 8).join("; ");
      throw new Error(`lab ${lab.options.name} is not whole after ${timeoutMs} ms, ${missing.length} missing: ${some}`);
    }
    await delay(50);
  }
}

/** Ends everything of the lab of this name: processes, namespaces, console, files. Idempotent, and right after any crash. */
export async function clean(name: string): Promise<void> {
  await endOfConsole(runDirectory(name));
  await removeNamespaces(namespacePrefix(name));
  await rm(runDirectory(name), { recursive: true, force: true });
}

/** The lab that an earlier command left up. @throws Error when none of this name runs. */
export async function runningLab(name: string): Promise<Lab> {
  const text = await readFile(optionsFile(name), "utf8").catch(() => undefined);
  const namespaces = await namespacesOf(namespacePrefix(name));
  if (text === undefined || namespaces.length === 0) {
    throw new Error(`no lab named ${name} is up; start one with: npm run lab -- up`);
  }
  return describeLab(JSON.parse(text) as LabOptions);
}

async function whatIsMissing(lab: Lab): Promise<string[]> {
  const ends = lab.links.flatMap((link) => [link.lower, link.upper].map((end) => ({ link, end })));
  const states = await Promise.all(
    ends.map(async ({ link, end }) => {
      const told = await probeEnd(lab, link, end.device);
      return told.established ? [] : [`${end.device} ${end.interface}: ${told.word}`];
    }),
  );
  if (states.some((each) => each.length > 0)) return states.flat();
  return probeRoutes(lab);
}

function optionsFile(name: string): string {
  return `${runDirectory(name)}/lab.json`;
}
