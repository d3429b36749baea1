import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { installSystemPackages, whatIsMissing } from "./test-packages.mjs";
import { nothing, playwrightTally, vitestTally } from "./test-tally.mjs";

/**
 * `npm test`: installs what is missing, then types, lint, unit and contract tests, build, pages in Chromium, lab.
 * `npm test -- unit pages` runs these alone. Plain JavaScript: it must run on Node 20, in an empty clone.
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const node = join(bin, "node");
const reports = mkdtempSync(join(tmpdir(), "peerglass-test-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

const TOTAL_MS = 24 * 60_000;
const TIDY_MS = 5000;
const endsBy = Date.now() + TOTAL_MS;

const report = (name) => join(reports, `${name}.json`);
const vitest = (project) => [
  ...[join(bin, "vitest"), "run", "--project", project],
  ...["--reporter=default", "--reporter=json", `--outputFile.json=${report(project)}`],
];

const STEPS = [
  { name: "types", title: "Types (tsc)", args: [join(bin, "tsc"), "--noEmit", "-p", "."], minutes: 4 },
  { name: "lint", title: "Lint and format (biome)", args: [join(bin, "biome"), "ci", "--colors=off", "."], minutes: 3 },
  {
    name: "unit",
    title: "Unit and contract tests (vitest)",
    args: vitest("unit"),
    minutes: 10,
    tally: () => vitestTally(report("unit")),
  },
  { name: "build", title: "Build (next build)", args: [join(bin, "next"), "build"], minutes: 5 },
  {
    name: "pages",
    title: "Pages in Chromium (playwright)",
    args: [join(bin, "playwright"), "test", "-c", "e2e/playwright.config.ts", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("pages"), PLAYWRIGHT_JSON_OUTPUT_FILE: report("pages") },
    minutes: 12,
    after: "build",
    tally: () => playwrightTally(report("pages")),
  },
  {
    name: "lab",
    title: "Lab: real FRR and BIRD in network namespaces (vitest)",
    args: vitest("lab"),
    minutes: 10,
    after: "build",
    tally: () => vitestTally(report("lab")),
  },
];

/** @type {{ name: string, verdict: "passed" | "FAILED" | "skipped", seconds: number, tally: import("./test-tally.mjs").Tally, why?: string }[]} */
const results = [];

/** The group of the step that runs now; a signal to us is for all of it. */
let running;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    signalGroup(running, "SIGTERM");
    process.exit(130);
  });
}

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} wanted */
async function main(wanted) {
  const strangers = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (strangers.length > 0) {
    say(`No such step: ${strangers.join(", ")}. There are ${STEPS.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

  heading("What the tests need");
  const install = { args: [join(root, "server", "cli", "peerglass.mjs"), "--install-only"], minutes: 5 };
  if ((await run(process.execPath, install)) !== 0) {
    say("The packages of npm could not be installed, so nothing can be tested.");
    say("0 passed, 1 failed, 0 skipped");
    return 1;
  }
  if (steps.some(({ name }) => name === "pages" || name === "lab")) installSystemPackages(say);
  tellCaptures();

  for (const step of steps) await runStep(step);
  return summary();
}

async function runStep(step) {
  heading(step.title);
  const missing = whatIsMissing(step.name);
  const broken = results.some(({ name, verdict }) => name === step.after && verdict === "FAILED");
  const why = missing ?? (broken ? `the step "${step.after}" failed` : undefined);
  if (why) {
    say(`Skipped: ${why}`);
    results.push({ name: step.name, verdict: "skipped", seconds: 0, tally: nothing(), why });
    return;
  }
  const started = Date.now();
  const code = await run(node, step);
  const tally = step.tally?.() ?? nothing();
  // A step that fails without a failed test (types, a runner that broke down) counts as one.
  const failed = code !== 0 || tally.failed > 0;
  if (failed && tally.failed === 0) tally.failed = 1;
  const seconds = (Date.now() - started) / 1000;
  results.push({ name: step.name, verdict: failed ? "FAILED" : "passed", seconds, tally });
}

/** @returns {Promise<number>} exit code; 124 when it had to be ended */
function run(program, { args, env = {}, minutes }) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      detached: true, // a group of its own, so that a hanging one ends with all that it started
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
        NEXT_TELEMETRY_DISABLED: "1",
        NO_COLOR: "1",
        FORCE_COLOR: undefined,
        ...env,
      },
    });
    running = child;
    let late = false;
    const limitMs = Math.max(1000, Math.min(minutes * 60_000, endsBy - Date.now()));
    const timer = setTimeout(() => {
      late = true;
      say(`Ended after ${Math.round(limitMs / 1000)} s: it did not come to an end by itself.`);
      signalGroup(child, "SIGTERM"); // the lab then takes its namespaces down
      setTimeout(() => signalGroup(child, "SIGKILL"), TIDY_MS).unref();
    }, limitMs);
    child.on("error", (error) => {
      say(`${program} could not be started: ${error.message}`);
      finish(127);
    });
    child.on("exit", (code) => finish(late ? 124 : (code ?? 1)));

    function finish(code) {
      clearTimeout(timer);
      signalGroup(child, "SIGKILL"); // what a runner left behind must not meet the next one
      running = undefined;
      done(code);
    }
  });
}

function signalGroup(child, signal) {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // nobody left
  }
}

function tellCaptures() {
  const shared = resolve(root, process.env.PEERGLASS_SHARED ?? "../shared");
  const wanted = [
    "fixtures/arista-eapi",
    "fixtures/bird",
    "fixtures/cisco-nxapi",
    "fixtures/junos",
    "fixtures/frr",
    "calico/fixtures/bird-socket",
  ];
  const absent = wanted.filter((place) => !existsSync(join(shared, place)));
  if (absent.length === 0) return say("Captures of real devices: all there.");
  say(`Captures of real devices that these tests do without (looked for beside the repository, or PEERGLASS_SHARED):`);
  for (const place of absent) say(`  ${place}`);
}

function summary() {
  heading("Summary");
  const total = nothing();
  say("step     verdict   passed  failed  skipped      time");
  for (const { name, verdict, seconds, tally, why } of results) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    const numbers = [tally.passed, tally.failed, tally.skipped].map((number, column) =>
      String(number).padStart(column === 2 ? 9 : 8),
    );
    say(
      `${name.padEnd(9)}${verdict.padEnd(8)}${numbers.join("")}${`${seconds.toFixed(1)} s`.padStart(10)}${why ? `  ${why}` : ""}`,
    );
  }
  say("");
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return results.some(({ verdict }) => verdict === "FAILED") ? 1 : 0;
}

function heading(title) {
  say(`\n== ${title}`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
