import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceHealth } from "../fabric/observation.ts";
import { filterWords, withoutWord } from "./filter-words.ts";
import { sessionFilter } from "./session-filter.ts";
import type { SessionRow } from "./view.ts";

const NOW = 1_700_000_000_000;
const SOURCE: SourceHealth = {
  id: "leaf-3/frr",
  kind: "frr",
  device: "leaf-3",
  everyMs: 5_000,
  state: "ok",
  address: "x",
  lastOkAt: NOW - 4_000,
};
const CONTEXT = { now: NOW, sources: new Map([["leaf-3/frr", SOURCE]]) };

const ROW: SessionRow = {
  id: "10.40.2.3~10.40.2.17",
  vrf: "default",
  kind: "node-tor",
  near: { device: "node-17", rack: "r2", address: "10.40.2.17", asn: 65_546, state: "Connect" },
  far: {
    device: "leaf-3",
    rack: "r2",
    address: "10.40.2.3",
    asn: 65_102,
    source: "leaf-3/frr",
    state: "Active",
    received: 0,
  },
  status: "down",
  since: NOW - 47 * 60_000,
  cause: "hold-timer",
  sentence: "leaf-3 stopped hearing node-17 (hold timer expired).",
  fault: { end: "far", where: "leaf-3, port Eth1/17", certainty: "likely", because: "CRC" },
  flaps: 4,
  lastError: "leaf-3: sent Hold Timer Expired",
};

test.each([
  "",
  "node-17",
  "NODE-1",
  "leaf-3 node-17",
  "10.40.2.17",
  "10.40.2.0/24",
  "65546",
  "1.10",
  "AS65102",
  "connect",
  "hold timer",
  "!leaf-4",
  "-f nd17",
  "state:down",
  "state:down,degraded",
  "!state:up",
  "kind:node-tor",
  "rack:r2",
  "node:17",
  "tor:leaf-3",
  "device:leaf",
  "cause:hold-timer",
  'cause:"hold timer expired"',
  "side:Eth1/17",
  "error:expired",
  "vrf:default",
  "as:1.10",
  "as:65102,1",
  "address:10.40.0.0/16",
  "flaps:>3",
  "flaps:4",
  "received:0",
  "received:<=0",
  "since:<1h",
  "since:>=40m",
  "age:<5s",
  "stale:no",
  "disputed:no",
  "one-end:no",
  "state:", // being typed
  '"stopped hearing"',
  'rack:r1,"r2"',
  "tor:3",
])("%s finds the session", (text) => {
  const filter = sessionFilter(text);
  expect(filter.problems).toEqual([]);
  expect(filter.match(ROW, CONTEXT)).toBe(true);
});

test.each([
  "node-18",
  "10.40.2.1",
  "10.41.0.0/16",
  "!node-17",
  "state:up",
  "kind:tor-spine",
  "rack:r",
  "as:65103",
  "flaps:>4",
  "accepted:0",
  "since:>1h",
  "age:>5s",
  "stale:yes",
  "-f xyz",
  "node-17 state:up",
  "address:10.40.2.1",
  "tor:leaf-3,leaf-30 node:1",
  "cause:password",
  "tor:node-17",
])("%s does not find it", (text) => {
  const filter = sessionFilter(text);
  expect(filter.problems).toEqual([]);
  expect(filter.match(ROW, CONTEXT)).toBe(false);
});

test.each([
  ["colour:red", /no field colour; there are state, kind/],
  ["state:sideways", /sideways is none of down, degraded/],
  ["flaps:many", /many is no number/],
  ["since:<soon", /soon is no span of time like/],
  ["as:x", /x is no AS number/],
  ["address:10.0.0", /neither an address nor a prefix/],
  ["stale:perhaps", /neither yes nor no/],
  ["cause:weather", /weather is no cause that we know/],
  ["__proto__:x", /./],
])("%s is refused in words, and filters nothing", (text, words) => {
  const filter = sessionFilter(`node-17 ${text}`);
  if (text.startsWith("__")) return expect(() => filter.match(ROW, CONTEXT)).not.toThrow();
  expect(filter.problems).toHaveLength(1);
  expect(filter.problems[0]).toMatch(words);
  expect(filter.problems[0]).toContain("at 9");
  expect(filter.match(ROW, CONTEXT)).toBe(true);
});

test("what is not told is neither more nor less than anything", () => {
  for (const text of ["accepted:<1", "accepted:>=0", "accepted:0"])
    expect(sessionFilter(text).match(ROW, CONTEXT)).toBe(false);
});

test("whatever is typed, nothing throws, and the words read back are the words", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("a", ":", "!", '"', " ", "-", "f", "1", "<", ",") })),
      (text) => {
        const filter = sessionFilter(text);
        filter.match(ROW, CONTEXT);
        const again = filterWords(filter.words.map((word) => word.text).join(" "));
        expect(again.map(({ text: t, negated, value }) => ({ t, negated, value }))).toEqual(
          filter.words.map(({ text: t, negated, value }) => ({ t, negated, value })),
        );
      },
    ),
  );
});

test("taking a word away leaves the others as typed", () => {
  const text = 'state:down -f nd17 !"rack one"';
  const [first, second] = filterWords(text);
  expect(first && withoutWord(text, first)).toBe('-f nd17 !"rack one"');
  expect(second && withoutWord(text, second)).toBe('state:down !"rack one"');
});
