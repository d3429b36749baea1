import fc from "fast-check";
import { expect, test } from "vitest";
import { SourceError } from "../source-error.ts";
import { NXAPI_COMMANDS } from "./read.ts";
import { STORY } from "./test-story.ts";

const ANSWERS = [...STORY].flatMap(([command, answer]) => (NXAPI_COMMANDS.has(command) ? [{ command, answer }] : []));

function read(command: string, text: string): unknown {
  try {
    return NXAPI_COMMANDS.get(command)?.(text, "leaf-1");
  } catch (error) {
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).message.length).toBeLessThan(700);
    return undefined;
  }
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    {},
    [],
    -1,
    1e300,
    "true",
    [[]],
    "999999999999999999999",
    "\0",
    "P",
    "% Invalid command",
  ),
  fc.string(),
  fc.double(),
);

test("an answer of which any value is another is taken or refused in words", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ANSWERS), fc.nat(), oddValue, ({ command, answer }, at, odd) => {
      let left = at % 40;
      const changed = JSON.stringify(answer, (_key, value: unknown) => {
        left -= 1;
        return left === 0 ? odd : value;
      });
      read(command, changed ?? "null");
    }),
    { numRuns: 1_500 },
  );
});

test("an answer that is cut anywhere, or damaged in a byte, is taken or refused in words", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ANSWERS), fc.nat(), fc.string({ maxLength: 3 }), ({ command, answer }, at, junk) => {
      const text = typeof answer === "string" ? answer : JSON.stringify(answer);
      const place = at % (text.length + 1);
      read(command, text.slice(0, place));
      read(command, text.slice(0, place) + junk + text.slice(place + 1));
    }),
    { numRuns: 1_000 },
  );
});

test("a hundred thousand nested tables, and a hundred thousand wrong rows, are refused and not a crash", () => {
  read("show bgp all summary vrf all", `${'{"TABLE_vrf":{"ROW_vrf":'.repeat(100_000)}1${"}}".repeat(100_000)}`);
  const rows = Array.from({ length: 100_000 }, () => ({ neighbor: 1 }));
  read("show bgp all neighbors vrf all", JSON.stringify({ TABLE_neighbor: { ROW_neighbor: rows } }));
});
