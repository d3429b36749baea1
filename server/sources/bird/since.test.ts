import { describe, expect, test } from "vitest";
import { parseSince, zoneOffsetMs } from "./since.ts";

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 25, 2, 30, 0, 500);
const utc = { now, zoneOffsetMs: 0 };

describe("times of BIRD", () => {
  test.each([
    ["02:12:02.219", Date.UTC(2026, 10, 25, 2, 12, 2, 219), false],
    ["02:12:02", Date.UTC(2026, 10, 25, 2, 12, 2), false],
    ["02:12", Date.UTC(2026, 10, 25, 2, 12), false],
    ["2026-11-23", Date.UTC(2026, 10, 23), true],
    ["2026-11-23 14:48:21", Date.UTC(2026, 10, 23, 14, 48, 21), false],
    ["2026-11-23 14:49:05.246", Date.UTC(2026, 10, 23, 14, 49, 5, 246), false],
  ])("%s is read as an instant", (text, at, dayOnly) => {
    expect(parseSince(text, utc)).toEqual({ at, dayOnly });
  });

  test("a clock time ahead of now was yesterday's", () => {
    expect(parseSince("14:07:47", utc)?.at).toBe(Date.UTC(2026, 10, 24, 14, 7, 47));
  });

  test("a clock time a moment ahead of now is a clock that runs before ours, not yesterday", () => {
    expect(parseSince("02:30:10", utc)?.at).toBe(Date.UTC(2026, 10, 25, 2, 30, 10));
    const midnight = { now: Date.UTC(2026, 10, 24, 23, 59, 59), zoneOffsetMs: 0 };
    expect(parseSince("00:00:01", midnight)?.at).toBe(Date.UTC(2026, 10, 25, 0, 0, 1));
  });

  test("the daemon's zone counts, not ours", () => {
    expect(parseSince("04:12:02", { now, zoneOffsetMs: 2 * HOUR })?.at).toBe(Date.UTC(2026, 10, 25, 2, 12, 2));
    expect(parseSince("2026-11-24 21:00:00", { now, zoneOffsetMs: -5 * HOUR })?.at).toBe(Date.UTC(2026, 10, 25, 2));
  });

  test("a clock time in a saved answer tells no instant", () => {
    expect(parseSince("14:07:47", { zoneOffsetMs: 0 })).toBeUndefined();
  });

  test.each([
    "",
    "yesterday",
    "2026-13-40",
    "2026-02-31",
    "25:00:00",
    "12:60",
    "23.11.2026",
    "2026-11-23 noon",
    "9".repeat(30),
  ])("%j is no time, and nothing is made up", (text) => expect(parseSince(text, utc)).toBeUndefined());

  test("the zone is the daemon's clock against ours, to the quarter of an hour", () => {
    expect(zoneOffsetMs("2026-11-25 08:00:03.100", now)).toBe(5.5 * HOUR);
    expect(zoneOffsetMs("2026-11-25 02:29:58", now)).toBe(0);
    expect(zoneOffsetMs("2021-09-19 20:48:43", now)).toBeUndefined();
    expect(zoneOffsetMs("02:30:00", now)).toBeUndefined();
  });
});
