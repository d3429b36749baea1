import { expect, test } from "vitest";
import type { EndRow, FabricView, SessionRow } from "../../lib/view/view.ts";
import { prefixSummary } from "./prefix-summary.ts";

const session = (id: string, part: Partial<SessionRow>): SessionRow => ({
  id,
  vrf: "default",
  kind: "node-tor",
  near: {},
  far: {},
  status: "up",
  cause: "none",
  sentence: "",
  ...part,
});

function viewOf(...rows: readonly SessionRow[]): FabricView {
  return {
    id: "a:1",
    asOf: 0,
    fabric: { name: "f", demo: false, exposed: false, version: "0" },
    sessions: new Map(rows.map((row) => [row.id, row])),
    devices: new Map(),
    sources: new Map(),
    events: [],
  };
}

const end = (part: EndRow): EndRow => part;

test("an end that does not tell is not a zero: the sum says how many told", () => {
  const view = viewOf(session("a", { far: end({ accepted: 4 }) }), session("b", {}));

  expect(prefixSummary(view).fromNodes).toEqual({ sum: 4, told: 1, of: 2 });
});

test("what is unknown, stale or down adds nothing", () => {
  const far = end({ accepted: 4 });
  const view = viewOf(
    session("a", { far, status: "unknown" }),
    session("b", { far, stale: true }),
    session("c", { far, status: "down" }),
  );

  expect(prefixSummary(view)).toEqual({});
});

test("nearest to its limit is by share, and a limit of 0 is none", () => {
  const view = viewOf(
    session("a", { far: end({ device: "leaf-1", received: 90, limit: 1_000 }) }),
    session("b", { near: end({ device: "node-1", received: 45, limit: 50 }), far: end({ received: 5, limit: 0 }) }),
  );

  expect(prefixSummary(view).nearest).toMatchObject({ end: { device: "node-1" }, share: 0.9, limit: 50 });
});
