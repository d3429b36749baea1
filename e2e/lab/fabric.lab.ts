import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Console, freePort, startConsole } from "./console.ts";
import { askConsole, type ConsoleRow } from "./console-view.ts";
import { DEFAULT_LAB, type Lab, linkBetween } from "./description.ts";
import { clean, up, waitConverged } from "./fabric.ts";
import { activeFaults, heal, healAll, inject } from "./faults.ts";
import { type Keeper, keepLab } from "./keeper.ts";
import { whyNoLab } from "./preflight.ts";
import { probeEnd, type Told } from "./probe.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import { sweepTestLabs, testLabName } from "./test-lab.ts";
import { type Watch, watch } from "./watch.ts";

const why = await whyNoLab();
const say = (line: string) => process.stdout.write(`${line}\n`);
if (why !== undefined) say(`lab skipped: ${why}`);

/** One poll of 1 s, jittered by 5 %, and what a busy machine of two cores adds. */
const TOLD_WITHIN_MS = 2_500;
/** BIRD's pauses after errors, the collector's back-off, and one poll. */
const BACK_WITHIN_MS = 40_000;

/** Daemons go on trying while a fault lasts, and say other things in between. */
const STAYS_MS = 4_000;

const title = `the console tells a real fabric${why === undefined ? "" : ` (skipped: ${why})`}`;
describe.skipIf(why !== undefined)(title, () => {
  let lab: Lab;
  let keeper: Keeper | undefined;
  let console: Console | undefined;
  let view: Watch<ConsoleRow[]>;

  beforeAll(async () => {
    await sweepTestLabs();
    keeper = keepLab(testLabName("c"));
    const running = await up({ ...DEFAULT_LAB, name: testLabName("c") });
    lab = running.lab;
    for (const note of running.notes) say(`lab: ${note}`);
    await waitConverged(lab);
    const started = await startConsole(lab, await freePort(), "log");
    console = started;
    view = watch(40, () => askConsole(started.url));
  });

  afterAll(async () => {
    await view?.stop();
    await console?.stop();
    await clean(testLabName("c"));
    await keeper?.dismiss();
  });

  // A scenario that failed half-way must not fail the next one too.
  afterEach(async () => {
    if ((await activeFaults(lab)).length === 0) return;
    await healAll(lab);
    await waitConverged(lab);
  });

  test("all 24 sessions appear up, each with both ends joined", async () => {
    const { value: whole } = await view.first("24 sessions up and joined", 20_000, allWhole, notWhole);
    expect(whole.filter((row) => row.kind === "node-tor")).toHaveLength(16);
    expect(whole.filter((row) => row.kind === "tor-spine")).toHaveLength(8);
    const ends = whole.map((row) => `${row.near.device} ${row.far.device}`).sort();
    expect(ends).toEqual(lab.links.map((link) => `${link.lower.device} ${link.upper.device}`).sort());
  });

  for (const scenario of SCENARIOS) {
    const within = scenario.expected.withinMs ?? TOLD_WITHIN_MS;
    const how = scenario.expected.withinMs === undefined ? "within one poll" : `within ${within / 1000} s`;

    test(`${scenario.name}: told ${how}, with cause and side; healing clears it`, async () => {
      view.forget();
      await view.first("all whole before", BACK_WITHIN_MS, allWhole, notWhole);
      view.forget();
      const stories = await watchSessions(scenario, () => inject(lab, scenario.fault));
      const toldAt = Math.max(...stories.map((story) => story.toldAt));
      await delay(STAYS_MS);
      const strayed = view.since(toldAt).flatMap(({ at, value }) => {
        return tellsAll(value, scenario) ? [] : [{ afterMs: at - toldAt, told: touched(scenario, value) }];
      });

      await heal(lab, scenario.fault);
      await waitConverged(lab);
      const healedAt = Date.now();
      view.forget();
      const back = await view.first("all up again", BACK_WITHIN_MS, allWhole, notWhole);

      for (const { session, downAfterMs, toldAfterMs } of stories) {
        const story = `down ${downAfterMs} ms after the daemons lost it, cause and side ${toldAfterMs} ms after they knew`;
        say(`console: ${scenario.name} (${session}): ${story}; up again ${back.at - healedAt} ms after them`);
      }
      expect(strayed, "a verdict, once told, stays while the fault does").toEqual([]);
      for (const { session, downAfterMs, toldAfterMs } of stories) {
        expect(downAfterMs, `${session} shown as not up`).toBeLessThanOrEqual(TOLD_WITHIN_MS);
        expect(toldAfterMs, `${session} with cause and side`).toBeLessThanOrEqual(within);
      }
    });
  }

  /** Watches daemons and console while `act` happens. Figures below 0: the console drew the conclusion first. */
  async function watchSessions(scenario: Scenario, act: () => Promise<void>) {
    const { name, detected, sessions } = scenario;
    const watches = sessions.map(([node, leaf]) => {
      const link = linkBetween(lab, node, leaf);
      const end = (device: string) => watch(20, () => probeEnd(lab, link, device, 500));
      return { session: `${node} ${leaf}`, node: end(node), leaf: end(leaf) };
    });
    const ends = watches.flatMap(({ node, leaf }) => [node, leaf]);
    try {
      for (const end of ends) await end.first("an answer before the fault", 5_000, (told) => told.established);
      await act();
      const { at: toldAt, value } = await view.first(
        `${name} told as ${JSON.stringify(scenario.expected)}`,
        15_000,
        (rows) => tellsAll(rows, scenario),
        (rows) => touched(scenario, rows),
      );
      const harmed = value.filter((row) => row.status !== "up" && !touched(scenario, value).includes(row));
      expect(harmed, "sessions that the fault does not touch").toEqual([]);

      return await Promise.all(
        watches.map(async ({ session, node, leaf }) => {
          const lost = await Promise.any([node, leaf].map((end) => end.first("lost", 5_000, isLost)));
          const knows = detected.by === "node" ? node : leaf;
          const known = await knows.first(`${name} at the ${detected.by}`, 5_000, ({ word }) =>
            detected.words.test(word),
          );
          const down = await view.first(`${session} not up`, 0, (rows) => find(rows, session)?.status !== "up");
          return { session, toldAt, downAfterMs: down.at - lost.at, toldAfterMs: toldAt - known.at };
        }),
      );
    } finally {
      await Promise.all(ends.map((end) => end.stop()));
    }
  }
});

function find(rows: readonly ConsoleRow[], session: string): ConsoleRow | undefined {
  return rows.find((row) => `${row.near.device} ${row.far.device}` === session);
}

/** The scenario's own sessions among all. */
function touched({ sessions }: Scenario, rows: readonly ConsoleRow[]): ConsoleRow[] {
  const found = sessions.map(([node, leaf]) => find(rows, `${node} ${leaf}`));
  return found.filter((row) => row !== undefined);
}

function tellsAll(rows: readonly ConsoleRow[], scenario: Scenario): boolean {
  const own = touched(scenario, rows);
  return own.length === scenario.sessions.length && own.every((row) => tells(row, scenario));
}

function tells(row: ConsoleRow, { expected }: Scenario): boolean {
  const culprit = expected.end === "far" ? row.far.device : row.near.device;
  return (
    row.status === expected.status &&
    expected.causes.includes(row.cause) &&
    row.fault?.end === expected.end &&
    culprit !== undefined &&
    row.fault.where.includes(culprit) &&
    (expected.sentence?.test(row.sentence) ?? true)
  );
}

/** A daemon that does not answer, or whose queue is full, has not said that it lost the session; one that is gone has. */
function isLost({ established, word }: Told): boolean {
  return !established && (!word.startsWith("silent:") || /ECONNREFUSED|ENOENT/.test(word));
}

function allWhole(rows: readonly ConsoleRow[]): boolean {
  return rows.length === 24 && rows.every(isWhole);
}

function isWhole(row: ConsoleRow): boolean {
  const joined = row.near.established === true && row.far.established === true && row.oneEnd === undefined;
  return row.status === "up" && joined && row.fault === undefined && row.stale !== true;
}

function notWhole(rows: readonly ConsoleRow[]): unknown {
  return { sessions: rows.length, notWhole: rows.filter((row) => !isWhole(row)) };
}
