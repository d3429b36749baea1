import { expect, test } from "vitest";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { conditionOf } from "./source-condition.ts";

const NOW = 1_000_000_000;
const source = (part: Partial<SourceHealth>): SourceHealth => ({
  id: "leaf-1/arista-eapi",
  kind: "arista-eapi",
  device: "leaf-1",
  everyMs: 10_000,
  state: "ok",
  address: "https://10.0.0.1",
  ...part,
});

test.each([
  [{ lastOkAt: NOW - 19_999 }, "ok"],
  [{ lastOkAt: NOW - 20_000 }, "late"],
  [{ lastOkAt: NOW - 29_999 }, "late"],
  [{ lastOkAt: NOW - 30_000 }, "silent"],
  [{ lastOkAt: NOW - 1_000, state: "failing" }, "late"],
  [{ lastOkAt: NOW - 1_000, state: "partial" }, "partial"],
  [{ state: "waiting" }, "waiting"],
  [{ state: "failing" }, "silent"],
] as const)("late at two intervals, silent at three: %o is %s", (part, condition) => {
  expect(conditionOf(source(part), NOW)).toBe(condition);
});
