import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { SESSION_STATES } from "../../../lib/bgp/session-state.ts";
import { FRR_COMMANDS } from "./read.ts";
import { ownCapture } from "./shared-captures.ts";

const CAPTURES: readonly [command: string, file: string][] = [
  ["show bgp vrf all summary json", "show-bgp-vrf-all-summary.json"],
  ["show bgp vrf all neighbors json", "show-bgp-vrf-all-neighbors.json"],
  ["show bgp vrf all summary failed json", "show-bgp-vrf-all-summary-failed.json"],
  ["show bfd peers json", "show-bfd-peers.json"],
  ["show interface vrf all json", "show-interface-vrf-all.json"],
  ["show version", "show-version.txt"],
];

function readOrRefuse(command: string, text: string): unknown {
  try {
    return FRR_COMMANDS.get(command)?.(text, "leaf");
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What may happen to an answer on its way, or come from a daemon that is ill. */
const NOISE = [
  "\0",
  "\u001b[0m",
  "--More--",
  "\r\n",
  "NaN",
  "1e999",
  "-1",
  "null",
  "{}",
  "[]",
  '""',
  "\uFFFD",
  "}",
  '"',
  ",",
  "%",
];

describe.each(CAPTURES)("%s, mutated", (command, file) => {
  const text = ownCapture(file).slice(0, 12_000);

  test("is read or refused, and never anything else", () => {
    const edit = fc.record({
      at: fc.nat(text.length),
      drop: fc.nat(40),
      put: fc.oneof(fc.constantFrom(...NOISE), fc.string({ maxLength: 8 })),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let mutated = text;
        for (const { at, drop, put } of edits) mutated = mutated.slice(0, at) + put + mutated.slice(at + drop);
        readOrRefuse(command, mutated);
      }),
      { numRuns: 400 },
    );
  });

  test("cut anywhere, its JSON is refused", () => {
    const whole = ownCapture(file).trimEnd();
    if (command === "show version") return expect(readOrRefuse(command, whole.slice(0, 12))).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(readOrRefuse(command, whole.slice(0, length))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

test("values of every kind in the place of any other are read or refused", () => {
  const neighbors = z.record(z.string(), z.record(z.string(), z.unknown()));
  const answer = neighbors.parse(JSON.parse(ownCapture("show-bgp-vrf-all-neighbors.json")));
  const healthy = z.record(z.string(), z.unknown()).parse(answer.default?.["10.77.1.1"]);
  const anything = fc.oneof(fc.jsonValue(), fc.double(), fc.constant(2 ** 64), fc.constant("Established"));

  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(healthy)), anything, (key, value) => {
      const text = JSON.stringify({ default: { "10.77.1.1": { ...healthy, [key]: value } } });
      const told = readOrRefuse("show bgp vrf all neighbors json", text);
      if (told === undefined) return;
      const [neighbor] = z.array(z.object({ state: z.enum(SESSION_STATES) })).parse(told);
      expect(neighbor?.state).toBe("established"); // the state itself is only ever its own word, or refused
    }),
    { numRuns: 1500 },
  );
});

test("a hundred thousand brackets are read or refused", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  for (const [command] of CAPTURES) readOrRefuse(command, deep);
  expect(readOrRefuse("show bgp vrf all summary json", `{"default":${deep}}`)).toBeUndefined();
});
