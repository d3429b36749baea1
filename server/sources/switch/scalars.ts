import { z } from "zod";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { parseAsn } from "../../../lib/net/asn.ts";

/**
 * One reader for each kind of value, whichever way a switch writes it: numbers as strings, asdot, booleans as words, dates
 * as floating seconds.
 */

/** A count that cannot be negative; decimal strings pass, more than 2^53 does not. */
export const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,16}$/, "not a number")
      .transform(Number),
  ])
  .refine((value) => Number.isSafeInteger(value) && value >= 0, "not a count");

/** Seconds, maybe with a fraction. */
export const seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,16}(\.\d{1,9})?$/, "not seconds")
      .transform(Number),
  ])
  .refine((value) => Number.isFinite(value) && value >= 0 && value < 1e12, "not seconds");

export const flag = z.union([
  z.boolean(),
  z.enum(["true", "True", "false", "False"]).transform((word) => word.toLowerCase() === "true"),
  z.literal([0, 1]).transform((bit) => bit === 1),
]);

export const asn = z.union([z.number(), z.string()]).transform((value, context) => {
  const parsed = parseAsn(value);
  if (parsed !== undefined) return parsed;
  context.addIssue(`${JSON.stringify(String(value).slice(0, 40))} is no AS number`);
  return z.NEVER;
});

/** A name that becomes part of a key: never cut, so that two of them cannot become one. */
export const keyText = z.string().max(256, "longer than a name may be");

/** Free text for people: control characters become spaces, at most 1,000 characters, absent when empty. */
export const freeText = z.string().transform((text) => wordsOf(text, 1_000));

export function wordsOf(text: string, limit: number): string | undefined {
  const clean = text
    .slice(0, 4 * limit)
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, limit);
  return clean || undefined;
}

/** Switches write 0.0.0.0 for "none". */
export function toldAddress(text: string | undefined): string | undefined {
  const address = text === undefined ? undefined : canonicalAddress(text);
  return address === "0.0.0.0" || address === "::" ? undefined : address;
}

/** Switches write AS 0 for "none". */
export function toldAsn(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}
