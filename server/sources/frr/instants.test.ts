import { describe, expect, test } from "vitest";
import { oneInstant, parseDhms, secondBefore, unwrapResetMs } from "./instants.ts";

const DAY = 86_400_000;

test("an instant is told to the second", () => {
  expect(secondBefore(1_795_445_343_420, 42_000)).toBe(1_795_445_301_000);
});

describe("a reset timer that counts within a day", () => {
  test("is lifted over the uptime that came after it", () => {
    expect(unwrapResetMs(25_394_000, 107_020_000)).toBe(25_394_000 + DAY); // a capture: up 29 h 43, "reset 7 h 03 ago"
    expect(unwrapResetMs(15_576_000, 2_348_175_000)).toBe(15_576_000 + 27 * DAY);
  });

  test("stays as it is where it can be true", () => {
    expect(unwrapResetMs(43_000, 42_000)).toBe(43_000);
    expect(unwrapResetMs(43_000, 0)).toBe(43_000);
  });
});

describe("two readings are one instant", () => {
  test("when they differ by no more than whole seconds do", () => {
    expect(oneInstant(1_000_000, 1_002_000)).toBe(true);
    expect(oneInstant(1_002_000, 1_000_000)).toBe(true);
    expect(oneInstant(1_000_000, 1_003_000)).toBe(false);
  });

  test("when the later one lost whole days", () => {
    expect(oneInstant(1_000_000, 1_001_000 + DAY)).toBe(true);
    expect(oneInstant(1_000_000, 999_000 + 3 * DAY)).toBe(true);
    expect(oneInstant(1_000_000 + DAY, 1_000_000)).toBe(false); // no timer gains a day
    expect(oneInstant(1_000_000, 1_000_000 + DAY / 2)).toBe(false);
  });
});

test("days, hours, minutes and seconds of bgpd's BFD", () => {
  expect(parseDhms("0:00:00:41")).toBe(41_000);
  expect(parseDhms("2:03:04:05")).toBe(((2 * 24 + 3) * 60 + 4) * 60_000 + 5_000);
  expect(parseDhms("never")).toBeUndefined();
  expect(parseDhms("00:00:41")).toBeUndefined();
});
