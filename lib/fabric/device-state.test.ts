import { expect, test } from "vitest";
import { DeviceStates } from "./device-state.ts";

const at = (source: string, observedAt: number, more: object) => ({
  source,
  device: "leaf-1",
  observedAt,
  tookMs: 1,
  ...more,
});
const byName = (source: string, other: string) => source < other;

test("each part is the last word of the source that counts, with its age; a part that nobody told is absent", () => {
  const states = new DeviceStates();
  states.take(at("b", 5, { resources: { cpuPercent: 50 } }));
  expect(states.of("leaf-1", byName)).toEqual({
    resources: { value: { cpuPercent: 50 }, source: "b", observedAt: 5 },
  });
  states.take(at("a", 3, { resources: { cpuPercent: 10 }, routeCounts: [] }));
  states.take(at("b", 9, { resources: { cpuPercent: 60 } }));
  expect(states.of("leaf-1", byName)).toEqual({
    resources: { value: { cpuPercent: 10 }, source: "a", observedAt: 3 },
    routeCounts: { value: [], source: "a", observedAt: 3 },
  });
  expect(states.of("leaf-1", (source, other) => !byName(source, other)).resources?.value).toEqual({ cpuPercent: 60 });
  expect(states.of("leaf-2", byName)).toEqual({});
});

test("an answer that leaves a part out leaves what it said of it before", () => {
  const states = new DeviceStates();
  states.take(at("a", 1, { resources: { load1: 1 } }));
  states.take(at("a", 2, {}));
  expect(states.of("leaf-1", byName).resources?.observedAt).toBe(1);
});
