import fc from "fast-check";
import { expect, test } from "vitest";
import { foldSessions } from "./fold-sessions.ts";
import type { SessionRow } from "./view.ts";

function row(id: string, more: Partial<SessionRow> = {}): SessionRow {
  return {
    id,
    vrf: "default",
    kind: "node-tor",
    near: { rack: "r1" },
    far: {},
    status: "up",
    cause: "none",
    sentence: "",
    ...more,
  };
}

const gone = (id: string, where = "leaf-1") =>
  row(id, { status: "down", cause: "speaker-gone", fault: { end: "far", where, certainty: "certain", because: "" } });

test("sessions that one dead daemon explains are one line, at the place of the first", () => {
  const lines = foldSessions([gone("a"), gone("x", "leaf-2"), gone("b"), row("c")], new Set());
  expect(lines.map((line) => (line.kind === "many" ? line.rows.map(({ id }) => id) : line.row.id))).toEqual([
    ["a", "b"],
    "x",
    "c",
  ]);
});

test("an open fold is followed by its sessions", () => {
  const [fold] = foldSessions([gone("a"), gone("b")], new Set());
  const open = new Set(fold?.kind === "many" ? [fold.id] : []);
  const lines = foldSessions([gone("a"), gone("b")], open);
  expect(lines.map((line) => (line.kind === "many" ? "many" : line.row.id))).toEqual(["many", "a", "b"]);
});

test("what is up is never folded, and no session is lost or told twice", () => {
  const some = fc.array(fc.record({ up: fc.boolean(), where: fc.constantFrom("l1", "l2", "l3") }), { maxLength: 30 });
  fc.assert(
    fc.property(some, (list) => {
      const rows = list.map(({ up, where }, i) => (up ? row(`${i}`) : gone(`${i}`, where)));
      const lines = foldSessions(rows, new Set());
      const told = lines.flatMap((line) => (line.kind === "many" ? line.rows : [line.row]));
      expect(told.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
      for (const line of lines)
        if (line.kind === "many") expect(line.rows.every(({ status }) => status !== "up")).toBe(true);
    }),
  );
});
