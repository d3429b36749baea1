import { z } from "zod";
import { wordsOf } from "../switch/scalars.ts";

/** How NX-OS writes values, beyond what all switches do. */

/** Text; a number passes as its digits, and `{}` stands for nothing. */
export const text = z
  .union([z.string(), z.number().transform(String), z.object({}).transform(() => undefined)])
  .transform((value) => (value === undefined ? undefined : wordsOf(value, 1_000)));

/** A count that some rows do not have: empty text, `--` and `{}` stand for nothing, and so does what is no count. */
export const maybeCount = z
  .union([z.number(), z.string(), z.object({})])
  .transform((value) => {
    const number = typeof value === "string" && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value;
    return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
  })
  .optional();

const ISO =
  /^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;
const UNIT_SEC: Readonly<Record<string, number>> = { y: 31_536_000, w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

export interface Duration {
  readonly seconds: number;
  /** Told to the second. `6w3d` is not: reckoned from it, an instant would wander through a day. */
  readonly exact: boolean;
}

/** `P2DT16H8M53S`, `00:16:19`, `6w3d`, `1d02h`, `12week(s) 0day(s)`; undefined for `never` and anything else. */
export function parseDuration(told: string | undefined): Duration | undefined {
  const word = told?.trim();
  if (!word) return undefined;
  const iso = ISO.exec(word);
  if (iso && word.length > 1) {
    const [year = 0, month = 0, week = 0, day = 0, hour = 0, minute = 0, second = 0] = iso
      .slice(1)
      .map((digits) => Number(digits ?? 0));
    const days = year * 365 + month * 30 + week * 7 + day;
    return {
      seconds: ((days * 24 + hour) * 60 + minute) * 60 + second,
      exact: word.includes("T") && month + year === 0,
    };
  }
  const clock = /^(\d{1,6}):(\d{2}):(\d{2})$/.exec(word);
  if (clock) {
    const [hour = 0, minute = 0, second = 0] = clock.slice(1).map(Number);
    return { seconds: (hour * 60 + minute) * 60 + second, exact: true };
  }
  const parts = [...word.matchAll(/(\d{1,6})\s*(y|w|d|h|m|s)(?:ear|eek|ay|our|in|ec)?(?:ute|ond)?(?:\(s\)|s)?\s*/gy)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("").length !== word.length) return undefined;
  const seconds = parts.reduce((sum, [, digits, unit]) => sum + Number(digits) * (UNIT_SEC[unit ?? ""] ?? 0), 0);
  return { seconds, exact: parts.some(([, , unit]) => unit === "s") };
}

/** An instant from an exact age, in whole seconds; undefined where the age is not exact enough, or not told. */
export function instantOf(told: string | undefined, observedAt: number | undefined): number | undefined {
  const age = parseDuration(told);
  return age?.exact && observedAt !== undefined ? Math.round(observedAt / 1000 - age.seconds) * 1000 : undefined;
}

const LONG_NAME: readonly (readonly [short: RegExp, long: string])[] = [
  [/^eth?(?:ernet)?(?=\d)/i, "Ethernet"],
  [/^po(?:rt-channel)?(?=\d)/i, "port-channel"],
  [/^lo(?:opback)?(?=\d)/i, "loopback"],
  [/^vl(?:an)?(?=\d)/i, "Vlan"],
];

/** `Eth1/1`, `Po3`, `Lo0` as `show interface` names them. */
export function longInterfaceName(name: string): string {
  const found = LONG_NAME.find(([short]) => short.test(name));
  return found ? name.replace(found[0], found[1]) : name;
}
