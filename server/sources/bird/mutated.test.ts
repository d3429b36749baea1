import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { BIRD_COMMANDS } from "./read.ts";

const STORIES = [
  "established",
  "peer-shut-with-text-just-now",
  "import-limit",
  "link-down",
  "disabled-with-text",
  "iso-long",
];
const answer = (story: string, command: string): string =>
  readFileSync(join(import.meta.dirname, "fixtures", story, `${command.replaceAll(" ", "-")}.txt`), "utf8");

/** What it reads, or `undefined` when it is refused in words; anything else is a crash, and fails the test. */
function read(command: string, text: string): unknown {
  try {
    return BIRD_COMMANDS.get(command)?.(text, "node-1");
  } catch (cause) {
    if (cause instanceof SyntaxError && cause.message.length > 0 && cause.message.length < 600) return undefined;
    throw cause;
  }
}

function established(model: unknown): readonly Neighbor[] {
  const { neighbors } = (model ?? { neighbors: [] }) as { neighbors: readonly Neighbor[] };
  return neighbors.filter(({ state }) => state === "established");
}

/** Whether the text itself says it: nothing may come up that is not written there. */
function isWritten(text: string, { name }: Neighbor): boolean {
  return name !== undefined && text.includes(name) && text.includes("Established");
}

test("an answer of the socket that is cut anywhere is refused: half a list never passes for a list", () => {
  for (const command of [
    "show protocols",
    "show protocols all",
    "show bfd sessions",
    "show status",
    "show interfaces",
  ]) {
    const text = answer("established", command);
    const end = text.lastIndexOf("\n", text.length - 2) + 5; // behind the code and blank of the last line
    for (let at = 0; at < end; at++)
      expect(read(command, text.slice(0, at)), `${command} cut at ${at}`).toBeUndefined();
    expect(read(command, text)).toBeDefined();
  }
});

const noise = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\n",
    "\0",
    "\r\n",
    "--More--",
    "+log line\n",
    "0000 \n",
    "1002-",
    "1006-",
    "Established",
    "[HIT]",
    "99999999999999999999",
    "NaN",
    "-1",
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 8 }),
);

test("whatever happens to the characters of an answer, it is read or refused in words, and nobody is made up", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STORIES),
      fc.constantFrom("show protocols", "show protocols all"),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), noise), { minLength: 1, maxLength: 6 }),
      (story, command, edits) => {
        let text = answer(story, command);
        for (const [where, removed, put] of edits) {
          const at = Math.floor(where * text.length);
          text = text.slice(0, at) + put + text.slice(at + removed);
        }
        for (const neighbor of established(read(command, text))) expect(isWritten(text, neighbor)).toBe(true);
      },
    ),
    { numRuns: 1500 },
  );
});

test("whatever happens to the lines, no session that is down comes up", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("import-limit", "link-down", "disabled-with-text"),
      fc.array(fc.tuple(fc.nat(200), fc.constantFrom("drop", "double", "swap", "outdent")), {
        minLength: 1,
        maxLength: 5,
      }),
      (story, edits) => {
        const lines = answer(story, "show protocols all").split("\n");
        for (const [where, kind] of edits) {
          const i = where % lines.length;
          const line = lines[i] ?? "";
          if (kind === "drop") lines.splice(i, 1);
          else if (kind === "double") lines.splice(i, 0, line);
          else if (kind === "outdent") lines[i] = line.trimStart();
          else lines.splice(i, 2, lines[i + 1] ?? "", line);
        }
        const rows = lines.filter((line) => /Node_192_0_2_0 +BGP/.test(line));
        const up = established(read("show protocols all", lines.join("\n"))).map(({ name }) => name);
        // A details block that lost its row may fall to its neighbor; a row's own word never changes.
        if (rows.length === 1 && !lines.some((line) => /BGP state: +Established/.test(line)))
          expect(up).not.toContain("Node_192_0_2_0");
      },
    ),
    { numRuns: 500 },
  );
});

test.each(["show status", "show interfaces", "show bfd sessions", "show route count", "show memory"])(
  "%s: any text is read or refused in words",
  (command) => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            noise,
            fc.constantFrom(
              "1000-BIRD 2\n",
              "1001-eth0 up (index=1)\n",
              "1004-\tAdminUp LinkUp MTU=1\n",
              "1020-bfd1:\n IP address                Interface  State      Since         Interval  Timeout\n",
              " 192.0.2.0 eth1 Up 1 2 3\n",
              "0013 ok\n",
            ),
          ),
        ),
        (parts) => {
          read(command, parts.join(""));
        },
      ),
      { numRuns: 300 },
    );
  },
);
