import { z } from "zod";

/** A name becomes part of a key, so it is never cut: two of them could become one. */
const MAX_NAME = 256;
/** Far beyond what stands in a list inside one peer or port. */
const FEW = 1_000;

/** A JSON object of which only that is known yet: its entries are read one by one. */
export const keyed = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "Invalid input: expected an object",
);

/** A short list, and a short object with names that the device chose. Longer ones are refused unread. */
export function fewOf<T extends z.ZodType>(schema: T) {
  return z.array(z.unknown()).max(FEW, "more than we take").pipe(z.array(schema));
}
export function fewNamed<T extends z.ZodType>(schema: T) {
  const short = keyed.refine((value) => Object.keys(value).length <= FEW, "more than we take");
  return short.pipe(z.record(z.string().max(MAX_NAME), schema));
}

/**
 * Reads the entries of a long object or list one by one, and stops at the first that `schema` refuses. zod alone
 * collects every issue of every entry: an answer of 8 MB that is wrong throughout overflows its stack.
 *
 * @throws ZodError that names `path` and the entry.
 */
export function eachEntry<T>(
  holder: Readonly<Record<string, unknown>> | readonly unknown[],
  schema: z.ZodType<T>,
  path: readonly (string | number)[],
): [name: string, value: T][] {
  const entries: [string, T][] = [];
  for (const name of Object.keys(holder)) {
    if (name === "__proto__") continue;
    if (name.length > MAX_NAME) {
      throw refusal([{ code: "custom", message: `a name of ${name.length} characters`, path: [] }], path);
    }
    const parsed = schema.safeParse((holder as Readonly<Record<string, unknown>>)[name]);
    if (!parsed.success) throw refusal(parsed.error.issues, [...path, name]);
    entries.push([name, parsed.data]);
  }
  return entries;
}

function refusal(issues: readonly z.core.$ZodIssue[], path: readonly (string | number)[]): z.ZodError {
  return new z.ZodError(issues.slice(0, 5).map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
}
