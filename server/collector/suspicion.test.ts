import { expect, test } from "vitest";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { Suspicion } from "./suspicion.ts";

const T = 1_700_000_000_000;
const STARTED = T - 3_600_000;

/** Ten sources, asked every second; `silentSince` of those that fail. */
function ten(silentSince: readonly number[]): SourceHealth[] {
  return Array.from({ length: 10 }, (_, i) => {
    const since = silentSince[i];
    const common = { id: `d${i}/x`, kind: "x", device: `d${i}`, everyMs: 1_000, address: "x" };
    return since === undefined
      ? { ...common, state: "ok", lastOkAt: T }
      : { ...common, state: "failing", lastOkAt: since - 1_000, error: { reason: "timeout", text: "silent", since } };
  });
}

test("many that fall silent together make it suspect itself, and the text follows their number", () => {
  const suspicion = new Suspicion(10, STARTED);
  expect(suspicion.of(ten([T - 3_000, T - 3_000, T - 3_000]), 0, T)).toBeUndefined();
  expect(suspicion.of(ten(Array(4).fill(T - 3_000)), 0, T)?.text).toMatch(/^4 of 10 sources fail at once/);
  expect(suspicion.of(ten(Array(6).fill(T - 3_000)), 0, T)?.text).toMatch(/^6 of 10 /);
});

test("it stays while they are silent, however long, and ends when most answer", () => {
  const suspicion = new Suspicion(10, STARTED);
  const silent = Array<number>(5).fill(T - 3_000);
  expect(suspicion.of(ten(silent), 0, T)).toBeDefined();
  expect(suspicion.of(ten(silent), 0, T + 3_600_000)).toBeDefined();
  expect(suspicion.of(ten(silent.slice(0, 3)), 0, T + 500)).toBeUndefined();
});

test("devices that died one by one over days say nothing about us", () => {
  const days = [1, 2, 3, 4, 5].map((day) => T - day * 86_400_000);
  expect(new Suspicion(10, STARTED).of(ten(days), 0, T)).toBeUndefined();
});

test("four sources are too few to judge by, and a console that has just begun does not judge", () => {
  const dead = ten(Array(4).fill(T - 3_000));
  expect(new Suspicion(4, STARTED).of(dead.slice(0, 4), 0, T)).toBeUndefined();
  const begun = new Suspicion(10, T - 5_000);
  expect(begun.of(dead, 4_000, T)).toBeUndefined();
});

test("a loop that came more than a second late is held against us for five seconds", () => {
  const suspicion = new Suspicion(10, STARTED);
  expect(suspicion.of(ten([]), 1_500, T)?.text).toContain("too busy");
  expect(suspicion.of(ten([]), 0, T + 4_000)?.text).toContain("too busy");
  expect(suspicion.of(ten([]), 0, T + 5_001)).toBeUndefined();
});
