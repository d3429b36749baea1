import fc from "fast-check";
import { expect, test } from "vitest";
import { applyDelta, type Delta, type FabricView, rowPatch, type SessionRow } from "./view.ts";

const EMPTY: FabricView = {
  id: "b:0",
  asOf: 0,
  fabric: { name: "f", demo: false, exposed: false, version: "0" },
  sessions: new Map(),
  devices: new Map(),
  sources: new Map(),
  events: [],
};

const row = fc.record(
  {
    id: fc.constant("s"),
    status: fc.constantFrom("up", "down"),
    since: fc.nat(9),
    near: fc.record({ device: fc.constantFrom("a", "b"), received: fc.nat(3) }, { requiredKeys: ["device"] }),
  },
  { requiredKeys: ["id", "status"] },
) as unknown as fc.Arbitrary<SessionRow>;

test("a row patched with the difference is the new row, fields taken away included", () => {
  fc.assert(
    fc.property(row, row, (from, to) => {
      const patch = rowPatch(from, to);
      const before = { ...EMPTY, sessions: new Map([["s", from]]) };
      const delta: Delta = { id: "b:1", asOf: 1, ...(patch && { sessions: { s: patch } }) };
      const travelled = JSON.parse(JSON.stringify(delta)) as Delta;
      expect(applyDelta(before, travelled).sessions.get("s")).toEqual(to);
    }),
  );
});

test("equal rows need no patch, and rows that a delta does not name stay the same objects", () => {
  const kept = { id: "k", status: "up" } as SessionRow;
  expect(rowPatch(kept, { ...kept })).toBeUndefined();
  const before = { ...EMPTY, sessions: new Map([["k", kept]]) };
  const after = applyDelta(before, { id: "b:1", asOf: 1, sessions: { x: { id: "x", status: "down" } } });
  expect(after.sessions.get("k")).toBe(kept);
  expect(after.sessions.size).toBe(2);
  expect(before.sessions.size).toBe(1);
  expect(applyDelta(after, { id: "b:2", asOf: 2, sessions: { x: null } }).sessions.has("x")).toBe(false);
});

test("a last answer that moved touches only its source, and an unknown one is ignored", () => {
  const source = { id: "a/x", kind: "x", device: "a", everyMs: 1, state: "ok", address: "x", lastOkAt: 1 } as const;
  const before = { ...EMPTY, sources: new Map([["a/x", source]]) };
  const after = applyDelta(before, { id: "b:1", asOf: 9, seen: { "a/x": [7, 2], "no/x": [8, 2] } });
  expect(after.sources.get("a/x")).toMatchObject({ lastOkAt: 7, tookMs: 2 });
  expect(after.sources.size).toBe(1);
});

test("impairment comes, stays through deltas that do not speak of it, and goes", () => {
  const impaired = { since: 1, text: "t" };
  const one = applyDelta(EMPTY, { id: "b:1", asOf: 1, impaired });
  expect(applyDelta(one, { id: "b:2", asOf: 2 }).impaired).toEqual(impaired);
  expect(applyDelta(one, { id: "b:3", asOf: 3, impaired: null })).not.toHaveProperty("impaired");
});
