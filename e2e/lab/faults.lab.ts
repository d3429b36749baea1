import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { capture } from "./capture.ts";
import { DEFAULT_LAB, type Lab, linkBetween } from "./description.ts";
import { clean, up, waitConverged } from "./fabric.ts";
import { activeFaults, heal, healAll, inject } from "./faults.ts";
import { type Keeper, keepLab } from "./keeper.ts";
import { namespacesOf, pidsInside } from "./namespaces.ts";
import { whyNoLab } from "./preflight.ts";
import { probeEnd } from "./probe.ts";
import { SCENARIOS } from "./scenarios.ts";
import { sweepTestLabs, testLabName } from "./test-lab.ts";
import { watch } from "./watch.ts";

const why = await whyNoLab();
const say = (line: string) => process.stdout.write(`${line}\n`);
if (why !== undefined) say(`lab skipped: ${why}`);

describe.skipIf(why !== undefined)(`the lab does what it says${why === undefined ? "" : ` (skipped: ${why})`}`, () => {
  let lab: Lab;
  let keeper: Keeper | undefined;

  beforeAll(async () => {
    await sweepTestLabs();
    keeper = keepLab(testLabName());
    const running = await up({ ...DEFAULT_LAB, name: testLabName() });
    lab = running.lab;
    for (const note of running.notes) say(`lab: ${note}`);
    say(`lab: converged after ${await waitConverged(lab)} ms`);
  });

  afterAll(async () => {
    await clean(testLabName());
    await keeper?.dismiss();
  });

  // A scenario that failed half-way must not fail the next one too.
  afterEach(async () => {
    if ((await activeFaults(lab)).length === 0) return;
    await healAll(lab);
    await waitConverged(lab);
  });

  for (const { name, fault, sessions, detected } of SCENARIOS) {
    test(`${name}: the daemons detect it, and healing clears it`, async () => {
      const watches = sessions.map(([node, leaf]) => {
        const link = linkBetween(lab, node, leaf);
        return watch(20, () => probeEnd(lab, link, detected.by === "node" ? node : leaf, 500));
      });
      try {
        const startedAt = Date.now();
        await inject(lab, fault);
        const what = `${name} detected by the ${detected.by}`;
        const sightings = await Promise.all(
          watches.map((each) => each.first(what, 15_000, (told) => detected.words.test(told.word))),
        );
        await heal(lab, fault);
        const healedAt = Date.now();
        await waitConverged(lab);
        const afterMs = sightings.map((sighting) => sighting.at - startedAt).join(" and ");
        say(`lab: ${name}: detected after ${afterMs} ms, whole again ${Date.now() - healedAt} ms after healing`);
      } finally {
        await Promise.all(watches.map((each) => each.stop()));
      }
    });
  }

  test("a frozen BIRD takes the connection and answers nobody", async () => {
    await inject(lab, { kind: "bird-frozen", at: "node-3" });
    const told = await probeEnd(lab, linkBetween(lab, "node-3", "leaf-2"), "node-3", 300);
    expect(told.word).toMatch(/^silent: .*no answer within 300 ms/);
    await heal(lab, { kind: "bird-frozen", at: "node-3" });
    await waitConverged(lab);
  });

  test("the same fault twice is refused, and so is healing what is not in force", async () => {
    const fault = { kind: "link-down", at: "leaf-1", toward: "node-1" } as const;
    await inject(lab, fault);
    await expect(inject(lab, fault)).rejects.toThrow("link-down leaf-1 node-1 is in force already");
    await heal(lab, fault);
    await expect(heal(lab, fault)).rejects.toThrow("link-down leaf-1 node-1 is not in force; in force: none");
    await waitConverged(lab);
  });

  test("a capture holds raw answers, and tells daemon, version, date and faults", async () => {
    const into = await mkdtemp(join(tmpdir(), "peerglass-capture-"));
    try {
      await capture(lab, into);
      expect(await readFile(join(into, "node-1/show-protocols-all.txt"), "latin1")).toMatch(
        /^0001 BIRD [\s\S]*\n0000 \n$/,
      );
      const neighbors: unknown = JSON.parse(await readFile(join(into, "leaf-1/show-bgp-neighbors.json"), "utf8"));
      expect(neighbors).toHaveProperty(["10.20.1.1", "bgpState"], "Established");
      const told: unknown = JSON.parse(await readFile(join(into, "provenance.json"), "utf8"));
      expect(told).toMatchObject({
        takenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        faults: [],
        devices: expect.arrayContaining([
          expect.objectContaining({ name: "leaf-1", daemon: expect.stringMatching(/^FRRouting \d/) }),
          expect.objectContaining({ name: "node-2", daemon: expect.stringMatching(/^BIRD 2/) }),
        ]),
      });
    } finally {
      await rm(into, { recursive: true, force: true });
    }
  });

  test("a second lab runs beside it, and its end touches nothing of the first", async () => {
    const other = await up({ ...DEFAULT_LAB, name: testLabName("b"), spines: 1, leaves: 2, nodes: 2 });
    try {
      await waitConverged(other.lab);
    } finally {
      await clean(testLabName("b"));
    }
    await waitConverged(lab, 1_000);
    expect(await namespacesOf(other.lab.prefix)).toEqual([]);
  });

  test("its end leaves no process, no namespace and no file, also twice", async () => {
    const namespaces = await namespacesOf(lab.prefix);
    expect(await pidsInside(namespaces)).not.toEqual([]);
    // Held open, so that a process left behind could still be found when the name is gone.
    const pids = await pidsInside(namespaces);
    await clean(testLabName());
    await clean(testLabName());
    expect(pids.filter((pid) => existsSync(`/proc/${pid}/exe`))).toEqual([]);
    expect(await namespacesOf(lab.prefix)).toEqual([]);
    expect(existsSync(lab.directory)).toBe(false);
  });
});
