import { z } from "zod";

/**
 * What an answer to a `... json` command holds.
 *
 * FRR answers many failures with text or with a warning in JSON although JSON was asked; both are refused here, in the
 * device's words. No answer at all is refused too: FRR says "nothing" with `{}`, and silence is no proof of absence.
 *
 * @throws SyntaxError
 */
export function jsonAnswer(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === "") throw new SyntaxError("the answer is empty; FRR says {} when it has nothing to tell");
  if (!/^[[{]/.test(trimmed)) throw new SyntaxError(`text instead of JSON: ${quote(trimmed)}`);
  try {
    return JSON.parse(trimmed);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxError(`not valid JSON (${why.slice(0, 120)})`, { cause });
  }
}

/** The members of a JSON object, in its order. Reads no prototype: a key may be `__proto__`. */
export function membersOf(value: unknown, ...path: PropertyKey[]): [string, unknown][] {
  if (!isObject(value)) throw refusal("expected an object", path);
  return Object.entries(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `schema.parse`, but the error's path starts at the answer's root. */
export function parseAt<T>(schema: z.ZodType<T>, value: unknown, ...path: PropertyKey[]): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new z.ZodError(read.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
}

export function refusal(message: string, path: readonly PropertyKey[]): z.ZodError {
  return new z.ZodError([{ code: "custom", message, path: [...path], input: undefined }]);
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 120).split("\n")[0]);
}
