#!/usr/bin/env node
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPages, installPackages, nodeOf } from "./prepare.mjs";
import { runChild } from "./run-child.mjs";

/**
 * The door to everything: installs and builds what is missing, then runs the program under the Node 24 that the
 * package `node` brings along. Plain JavaScript without packages: it must run on Node 20, in an empty clone.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const args = process.argv.slice(2);
const [command] = args;

/** Programs of the house that are not part of the command line, but want the same preparation. */
const PROGRAMS = {
  lab: { file: join("e2e", "lab", "lab.ts"), args: ["up", "--console"], shows: (given) => given.includes("--console") },
  bench: { file: join("e2e", "bench", "bench.ts"), args: [], shows: () => true },
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`peerglass: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

async function main() {
  await installPackages(root);
  if (command === "--install-only") return 0;
  if (!Object.hasOwn(PROGRAMS, command ?? "")) return run(join("server", "cli", "main.ts"), args);

  const program = PROGRAMS[command];
  const given = args.length > 1 ? args.slice(1) : program.args;
  if (program.shows(given)) await buildPages(root);
  return run(program.file, given);
}

function run(file, given) {
  return runChild(nodeOf(root), ["--disable-warning=ExperimentalWarning", join(root, file), ...given]);
}
