import fc from "fast-check";
import { expect, test } from "vitest";
import { SESSION_STATUSES } from "../fabric/session.ts";
import { parseSort, pressed, SORT_KEYS, sortSessions, sortText, WORST_FIRST } from "./sort-sessions.ts";
import type { SessionRow } from "./view.ts";

function row(node: string, leaf: string, more: Partial<SessionRow> = {}): SessionRow {
  return {
    id: `${node}~${leaf}`,
    vrf: "default",
    kind: "node-tor",
    near: { device: node },
    far: { device: leaf },
    status: "up",
    cause: "none",
    sentence: "",
    ...more,
  };
}

const ids = (rows: readonly SessionRow[]) => rows.map(({ id }) => id);

test("worst first, then what came back, then by name as people count", () => {
  const rows = [
    row("node-10", "leaf-1"),
    row("node-2", "leaf-1"),
    row("node-3", "leaf-1", { backUpAt: 1 }),
    row("node-9", "leaf-1", { status: "unknown" }),
    row("node-8", "leaf-1", { status: "down" }),
  ];
  expect(ids(sortSessions(rows, WORST_FIRST))).toEqual(
    ["node-8", "node-9", "node-3", "node-2", "node-10"].map((node) => `${node}~leaf-1`),
  );
});

test("what is not told stands last both ways", () => {
  const rows = [row("a", "x"), row("b", "x", { flaps: 0 }), row("c", "x", { flaps: 4 })];
  expect(ids(sortSessions(rows, parseSort("flaps")))).toEqual(["b~x", "c~x", "a~x"]);
  expect(ids(sortSessions(rows, parseSort("-flaps")))).toEqual(["c~x", "b~x", "a~x"]);
});

test("a sort reads back as it was written, and what names no column is left out", () => {
  const key = fc.constantFrom(...SORT_KEYS);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ key, down: fc.boolean() }), { selector: (one) => one.key, minLength: 1 }),
      (sort) => {
        expect(parseSort(sortText(sort))).toEqual(sort);
      },
    ),
  );
  expect(parseSort("__proto__,-,nonsense")).toEqual(WORST_FIRST);
});

test("a head pressed three times is back at worst first; with shift the others stay", () => {
  const once = pressed(WORST_FIRST, "flaps", false);
  expect(sortText(once)).toBe("flaps");
  expect(sortText(pressed(once, "flaps", false))).toBe("-flaps");
  expect(pressed(pressed(once, "flaps", false), "flaps", false)).toEqual(WORST_FIRST);
  expect(sortText(pressed(once, "near", true))).toBe("flaps,near");
});

test("the order does not depend on the order before", () => {
  const some = fc.array(
    fc.record({
      node: fc.nat(30),
      leaf: fc.nat(3),
      status: fc.constantFrom(...SESSION_STATUSES),
      flaps: fc.option(fc.nat(3), { nil: undefined }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(some, fc.constantFrom("state", "-flaps,near", "far,-state"), (list, text) => {
      const rows = new Map(
        list.map(({ node, leaf, status, flaps }) => {
          const one = row(`node-${node}`, `leaf-${leaf}`, { status, ...(flaps !== undefined && { flaps }) });
          return [one.id, one];
        }),
      );
      const forward = ids(sortSessions([...rows.values()], parseSort(text)));
      expect(ids(sortSessions([...rows.values()].reverse(), parseSort(text)))).toEqual(forward);
    }),
  );
});
