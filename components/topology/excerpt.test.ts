import { expect, test } from "vitest";
import type { Evidence } from "../../lib/fabric/observation.ts";
import { excerptOf } from "./excerpt.ts";

function evidence(text: string): Evidence {
  return { source: "s", device: "leaf-1", command: "show bgp summary", observedAt: 0, text };
}

test("the excerpt begins a line before the first that names what we look for", () => {
  const { lines } = excerptOf([evidence("head\nbefore\n10.0.0.1 Idle\nafter")], ["10.0.0.1"]) ?? { lines: [] };

  expect(lines).toEqual([
    { text: "before", telling: false },
    { text: "10.0.0.1 Idle", telling: true },
    { text: "after", telling: false },
  ]);
});

test("an address is not found within a longer one", () => {
  expect(excerptOf([evidence("10.0.0.11 Idle\n110.0.0.1 Idle")], ["10.0.0.1"])).toBeUndefined();
});

test("a megabyte on one line stays one short line", () => {
  const found = excerptOf([evidence(`10.0.0.1 ${"x".repeat(1_000_000)}`)], ["10.0.0.1"]);

  expect(found?.lines[0]?.text.length).toBeLessThanOrEqual(160);
});
