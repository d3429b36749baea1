import { expect, test } from "vitest";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import type { DeviceRow, FabricView } from "../../lib/view/view.ts";
import { groupSources } from "./source-groups.ts";
import { sourceRows } from "./source-rows.ts";
import { sourcesSentence } from "./sources-sentence.ts";

const NOW = 1_000_000_000;

function viewOf(...told: readonly (readonly [DeviceRow, number | undefined])[]): FabricView {
  const sources = told.map(
    ([{ name }, age]): SourceHealth => ({
      id: name,
      kind: "bird",
      device: name,
      everyMs: 10_000,
      state: age === undefined ? "waiting" : "ok",
      address: "unix:/run/bird/bird.ctl",
      ...(age !== undefined && { lastOkAt: NOW - age }),
    }),
  );
  return {
    id: "a:1",
    asOf: NOW,
    fabric: { name: "fra1", demo: false, exposed: false, version: "0" },
    sessions: new Map(),
    devices: new Map(told.map(([device]) => [device.name, device])),
    sources: new Map(sources.map((source) => [source.id, source])),
    events: [],
  };
}

const spine = (name: string): DeviceRow => ({ name, role: "spine", sources: [name] });
const node = (name: string, rack: string): DeviceRow => ({ name, role: "node", rack, sources: [name] });

test("sources group by rack, and by role where no rack is known; the silent group comes first", () => {
  const view = viewOf(
    [spine("spine-1"), 1_000],
    [node("n1", "r10"), 2_000],
    [node("n2", "r2"), 90_000],
    [node("n3", "r2"), 4_000],
  );
  const groups = groupSources(view, NOW);

  expect(groups.map(({ name }) => name)).toEqual(["Rack r2", "Rack r10", "Spines"]);
  expect(groups[0]).toMatchObject({ total: 2, worst: "silent", oldestOkAt: NOW - 90_000 });
  expect(sourcesSentence(groups).words).toBe("1 of 4 sources silent");
});

test("a group in which one source never answered has no age to show", () => {
  const [group] = groupSources(viewOf([node("n1", "r1"), 1_000], [node("n2", "r1"), undefined]), NOW);

  expect(group).not.toHaveProperty("oldestOkAt");
  expect(group?.worst).toBe("waiting");
});

test("a source not heard yet is not called silent", () => {
  const groups = groupSources(viewOf([node("n1", "r1"), undefined]), NOW);

  expect(sourcesSentence(groups)).toEqual({ words: "1 of 1 source not heard yet", short: "1 not heard", quiet: true });
});

test("when all answer the strip is quiet and says how many", () => {
  expect(sourcesSentence(groupSources(viewOf([spine("s1"), 0], [spine("s2"), 0]), NOW)).words).toBe(
    "All 2 sources answer",
  );
});

test("a source whose device is in no inventory still has a place", () => {
  const view = { ...viewOf([spine("s1"), 0]), devices: new Map() };

  expect(groupSources(view, NOW).map(({ name }) => name)).toEqual(["Other"]);
});

test("rows stand worst first, silent ones by how long, the rest by name, and do not move when they answer", () => {
  const told = [
    [node("n10", "r1"), 1_000],
    [node("n2", "r1"), 5_000],
    [node("n3", "r1"), 40_000],
    [node("n4", "r1"), 90_000],
  ] as const;
  const names = sourceRows(viewOf(...told), NOW, "").map(({ source }) => source.device);

  expect(names).toEqual(["n4", "n3", "n2", "n10"]);
});

test("the filter finds by rack and by condition, and ! turns it round", () => {
  const view = viewOf([node("n1", "r1"), 1_000], [node("n2", "r2"), 90_000]);

  expect(sourceRows(view, NOW, "rack r2").map(({ source }) => source.device)).toEqual(["n2"]);
  expect(sourceRows(view, NOW, "!silent").map(({ source }) => source.device)).toEqual(["n1"]);
});

test("10,000 sources are grouped within a frame", () => {
  const view = viewOf(...Array.from({ length: 10_000 }, (_, i) => [node(`n${i}`, `r${i % 200}`), i % 40_000] as const));
  const from = performance.now();

  expect(groupSources(view, NOW)).toHaveLength(200);
  expect(performance.now() - from).toBeLessThan(150); // 10 ms alone; the margin is for a loaded machine
});
