import { expect, test } from "vitest";
import { SESSION_STATUSES } from "../fabric/session.ts";
import { sessionFacets } from "./facets.ts";
import { sessionFilter } from "./session-filter.ts";
import { parseSort, sortSessions } from "./sort-sessions.ts";
import type { SessionRow } from "./view.ts";

const CONTEXT = { now: 1_700_000_000_000, sources: new Map() };

function rows(count: number): SessionRow[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    vrf: "default",
    kind: i % 5 === 0 ? ("tor-spine" as const) : ("node-tor" as const),
    near: {
      device: `node-${i % 997}`,
      rack: `row ${i % 40}`,
      address: `10.${i % 200}.${i % 250}.7`,
      asn: 65_000 + (i % 300),
    },
    far: { device: `leaf-${(i % 80) + 100}`, rack: `row ${i % 40}`, asn: 64_900, received: i % 9 },
    status: SESSION_STATUSES[i % 100 === 0 ? 0 : 4] ?? "up",
    cause: i % 100 === 0 ? ("hold-timer" as const) : ("none" as const),
    sentence: `node-${i % 997} and leaf-${i % 80} hold a session.`,
    since: CONTEXT.now - i * 1_000,
  }));
}

test("every facet's word is a filter that finds as many as it counts", () => {
  const all = rows(500);
  for (const { values } of sessionFacets(all, all)) {
    for (const { word, count } of values) {
      const filter = sessionFilter(word);
      expect(filter.problems).toEqual([]);
      expect(all.filter((row) => filter.match(row, CONTEXT)).length, word).toBe(count);
    }
  }
});

test("what is filtered out stays in the list, with none", () => {
  const all = rows(500);
  const state = sessionFacets(
    all,
    all.filter(({ status }) => status === "up"),
  ).find(({ name }) => name === "State");
  expect(state?.values.find(({ label }) => label === "down")?.count).toBe(0);
});

test("20,000 rows are filtered, counted and sorted between two key strokes", () => {
  const all = rows(20_000);
  all.filter((row) => sessionFilter("leaf-7").match(row, CONTEXT)); // texts are made once and kept with the row
  const times = ["leaf-7", "leaf-77 since:<1h", "10.4.0.0/16", "kind:node-tor !rack:r3"].map((text) => {
    const from = performance.now();
    const filter = sessionFilter(text);
    const found = all.filter((row) => filter.match(row, CONTEXT));
    sessionFacets(all, found);
    sortSessions(found, parseSort("state"));
    return performance.now() - from;
  });
  // A key stroke may take 50 ms with all that it draws.
  expect(Math.min(...times)).toBeLessThan(50);
});
