import { stringify } from "csv-stringify/browser/esm/sync";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { heardAt } from "../../lib/view/session-age.ts";
import type { SessionRow } from "../../lib/view/view.ts";

/** What an export is of: told in its first line, so that a file found later explains itself. */
export interface ExportOf {
  readonly fabric: string;
  /** Epoch ms of the server. */
  readonly asOf: number;
  readonly filter: string;
  readonly sources: ReadonlyMap<string, SourceHealth>;
}

type Field = (row: SessionRow, of: ExportOf) => string | number | boolean | undefined;

/** Every column, whatever is on the screen. Instants are ISO 8601 with offset; what nobody told is empty, or absent. */
const FIELDS: Readonly<Record<string, Field>> = {
  id: ({ id }) => id,
  vrf: ({ vrf }) => vrf,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  since: ({ since }) => iso(since),
  cause: ({ cause }) => cause,
  sentence: ({ sentence }) => sentence,
  faultAt: ({ fault }) => fault?.where,
  faultCertainty: ({ fault }) => fault?.certainty,
  faultBecause: ({ fault }) => fault?.because,
  disputed: ({ disputed }) => disputed ?? false,
  stale: ({ stale }) => stale ?? false,
  oneEnd: ({ oneEnd }) => oneEnd,
  backUpAt: ({ backUpAt }) => iso(backUpAt),
  flaps: ({ flaps }) => flaps,
  lastError: ({ lastError }) => lastError,
  lastHeardAt: (row, { sources }) => iso(heardAt(row, sources)),
  ...endFields("near"),
  ...endFields("far"),
};

function endFields(end: "near" | "far"): Record<string, Field> {
  const parts = [
    "device",
    "rack",
    "address",
    "asn",
    "state",
    "received",
    "accepted",
    "best",
    "advertised",
    "limit",
    "source",
  ] as const;
  return Object.fromEntries(
    parts.map((part): [string, Field] => [
      `${end}${part.charAt(0).toUpperCase()}${part.slice(1)}`,
      (row) => row[end][part],
    ]),
  );
}

/** RFC 4180, with a comment line first where `header` is wanted. A spreadsheet computes none of its cells. */
export function sessionsCsv(rows: readonly SessionRow[], of: ExportOf, header = true): string {
  const names = Object.keys(FIELDS);
  const lines = rows.map((row) => names.map((name) => inert(FIELDS[name]?.(row, of))));
  const csv = stringify([names, ...lines], { record_delimiter: "\r\n", cast: { boolean: (value) => String(value) } });
  return header ? `# ${about(rows, of).replaceAll(/[\r\n]/g, " ")}\r\n${csv}` : csv;
}

export function sessionsJson(rows: readonly SessionRow[], of: ExportOf): string {
  const sessions = rows.map((row) =>
    Object.fromEntries(
      Object.entries(FIELDS).flatMap(([name, read]) => {
        const value = read(row, of);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
  return JSON.stringify(
    { fabric: of.fabric, asOf: iso(of.asOf), filter: of.filter, count: rows.length, sessions },
    null,
    2,
  );
}

/** `peerglass-fra1-prod-sessions-20261123T030144Z.csv` */
export function exportName({ fabric, asOf }: ExportOf, type: "csv" | "json"): string {
  const name = fabric.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(0, 60) || "fabric";
  const at = (iso(asOf) ?? "").replaceAll(/[-:]|\.\d+/g, "").replace("+0000", "Z");
  return `peerglass-${name}-sessions-${at}.${type}`;
}

function about(rows: readonly SessionRow[], { fabric, asOf, filter }: ExportOf): string {
  const by = filter === "" ? "all sessions" : `filter: ${filter}`;
  return `Peerglass, ${fabric}, sessions as of ${iso(asOf)}, ${by}, ${rows.length} rows`;
}

/** A cell that begins like a formula gets an apostrophe before it (OWASP: CSV injection). Figures stay figures. */
function inert(value: string | number | boolean | undefined): string | number | boolean | undefined {
  return typeof value === "string" && /^[=+\-@\t\r\n\0]/.test(value) ? `'${value}` : value;
}

function iso(at: number | undefined): string | undefined {
  if (at === undefined || Math.abs(at) > 8.64e15) return undefined;
  return new Date(at).toISOString().replace("Z", "+00:00");
}
