import { expect, test } from "vitest";
import { every } from "../sources/every.ts";
import { backOffMs } from "./collector.ts";

test("ticks come at once, then at the interval with little jitter, and stop when told", async () => {
  const ending = new AbortController();
  const ticks: number[] = [];
  for await (const at of every(40, ending.signal)) {
    ticks.push(at);
    if (ticks.length === 4) ending.abort();
  }
  expect(ticks).toHaveLength(4);
  expect((ticks[3] ?? 0) - (ticks[0] ?? 0)).toBeGreaterThanOrEqual(100);
});

test("a reader slower than the interval gets one tick late, never a burst", async () => {
  const ending = new AbortController();
  const ticks: number[] = [];
  for await (const at of every(20, ending.signal)) {
    ticks.push(at);
    await new Promise((resolve) => setTimeout(resolve, 70));
    if (ticks.length === 3) ending.abort();
  }
  for (let i = 1; i < ticks.length; i++) expect((ticks[i] ?? 0) - (ticks[i - 1] ?? 0)).toBeGreaterThanOrEqual(68);
});

test("the back-off doubles from one interval and stays below 15 s, or the interval where that is longer", () => {
  const middle = () => 0.5;
  expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backOffMs(1_000, failures, middle))).toEqual([
    1_000, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ]);
  expect(backOffMs(60_000, 9, middle)).toBe(60_000);
  expect(backOffMs(1_000, 1, () => 0)).toBeGreaterThan(700);
});
