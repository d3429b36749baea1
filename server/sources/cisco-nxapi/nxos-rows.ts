import { z } from "zod";

/**
 * Lists of NX-OS: `TABLE_x: { ROW_x: ... }`. One row is an object where several are a list, a list of one occurs too, and
 * of some commands every row has a table of its own. An empty list is a missing table.
 */

export type Row = Readonly<Record<string, unknown>>;

const MAX_ROWS = 1_000_000;

/** The rows of `TABLE_name` in `holder`. @throws SyntaxError for a table that holds something else. */
export function rowsOf(holder: Row, name: string): readonly Row[] {
  const rows: Row[] = [];
  for (const table of listOf(holder[`TABLE_${name}`], `TABLE_${name}`)) {
    for (const row of listOf(table[`ROW_${name}`], `ROW_${name}`)) rows.push(row);
  }
  return rows;
}

/** As `rowsOf`, for an answer of which the table is the point. @throws SyntaxError where it is missing as well. */
export function neededRows(answer: unknown, name: string): readonly Row[] {
  const holder = objectIn(answer);
  if (!(`TABLE_${name}` in holder)) throw new SyntaxError(`TABLE_${name} is missing`);
  return rowsOf(holder, name);
}

export function objectIn(value: unknown): Row {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError(`${JSON.stringify(value)?.slice(0, 40) ?? "nothing"} instead of an object`);
  }
  return value as Row;
}

function listOf(value: unknown, name: string): readonly Row[] {
  if (value === undefined || value === null || value === "") return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MAX_ROWS) throw new SyntaxError(`${list.length} rows in ${name}`);
  for (const each of list) {
    if (typeof each !== "object" || each === null || Array.isArray(each)) {
      throw new SyntaxError(`${name} holds ${JSON.stringify(each)?.slice(0, 40)} instead of a row`);
    }
  }
  return list as readonly Row[];
}

/** One row as `schema` wants it. @throws ZodError that names where it stood. */
export function rowAs<T>(schema: z.ZodType<T>, row: Row, ...path: readonly string[]): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new z.ZodError(parsed.error.issues.slice(0, 5).map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
}
