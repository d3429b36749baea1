import fc from "fast-check";
import { expect, test } from "vitest";
import type { SessionRow } from "../../lib/view/view.ts";
import { type ExportOf, exportName, sessionsCsv, sessionsJson } from "./session-export.ts";

const AS_OF = Date.UTC(2026, 10, 23, 3, 1, 44);
const OF: ExportOf = { fabric: "fra1 prod/α", asOf: AS_OF, filter: "state:down", sources: new Map() };

const ROW: SessionRow = {
  id: "a~b",
  vrf: "default",
  kind: "node-tor",
  near: { device: "node-17", asn: 65_217 },
  far: { device: "leaf-3", received: 0 },
  status: "down",
  since: AS_OF - 1_000,
  cause: "hold-timer",
  sentence: "leaf-3 stopped hearing node-17.",
};

/** Reads RFC 4180 without the library that wrote it. */
function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quote = false;
  for (let i = 0; i < csv.length; i++) {
    const char = csv[i];
    if (quote && char === '"' && csv[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (char === '"') quote = !quote;
    else if (!quote && char === ",") {
      rows.at(-1)?.push(cell);
      cell = "";
    } else if (!quote && char === "\r" && csv[i + 1] === "\n") {
      rows.at(-1)?.push(cell);
      rows.push([]);
      cell = "";
      i++;
    } else cell += char;
  }
  return rows.slice(0, -1);
}

function cell(csv: string, name: string): string | undefined {
  const [names, first] = cells(csv);
  return first?.[names?.indexOf(name) ?? -1];
}

test("what nobody told is empty, 0 is 0, and instants carry their offset", () => {
  const csv = sessionsCsv([ROW], OF, false);
  expect(cell(csv, "farReceived")).toBe("0");
  expect(cell(csv, "farAccepted")).toBe("");
  expect(cell(csv, "since")).toBe("2026-11-23T03:01:43.000+00:00");
  const json = JSON.parse(sessionsJson([ROW], OF));
  expect(json.sessions[0]).toMatchObject({ farReceived: 0, since: "2026-11-23T03:01:43.000+00:00" });
  expect(json.sessions[0]).not.toHaveProperty("farAccepted");
});

test("the comment line says what the file is of, and can be left out", () => {
  const first = sessionsCsv([ROW], { ...OF, filter: "a\nb" }).split("\r\n")[0];
  expect(first).toBe("# Peerglass, fra1 prod/α, sessions as of 2026-11-23T03:01:44.000+00:00, filter: a b, 1 rows");
  expect(sessionsCsv([ROW], OF, false)).toMatch(/^id,/);
});

test("the file's name holds fabric and instant, and nothing that a file system minds", () => {
  expect(exportName(OF, "csv")).toBe("peerglass-fra1-prod--sessions-20261123T030144Z.csv");
});

test("no text of a device is a formula, and none breaks the table", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\0", '"', "\r\n", ","), fc.string())
      .map((pair) => pair.join("")),
  );
  fc.assert(
    fc.property(hostile, hostile, (sentence, device) => {
      const csv = sessionsCsv([{ ...ROW, sentence, near: { device } }], OF, false);
      const read = cells(csv);
      expect(read).toHaveLength(2);
      expect(read[1]).toHaveLength(read[0]?.length ?? 0);
      for (const [name, text] of [
        ["sentence", sentence],
        ["nearDevice", device],
      ] as const) {
        const told = cell(csv, name);
        expect(told).not.toMatch(/^[=+\-@\t\r\n\0]/);
        expect([text, `'${text}`]).toContain(told);
      }
    }),
  );
});
