import fc from "fast-check";
import { expect, test } from "vitest";
import { clockText, dayText, instantText, isoText, spanText } from "./format-time.ts";

const NOW = Date.UTC(2026, 10, 23, 3, 1, 44);

test.each([
  [-5_000, "0 s"],
  [9_999, "9 s"],
  [47 * 60_000 + 59_000, "47 min"],
  [69 * 60_000, "1 h 9 min"],
  [2 * 3_600_000, "2 h"],
  [52 * 3_600_000, "2 d 4 h"],
  [41 * 86_400_000 + 7_200_000, "41 d"],
])("a span of %d ms reads %s", (ms, words) => {
  expect(spanText(ms)).toBe(words);
});

test.each([
  [Date.UTC(2026, 10, 23, 2, 14, 7), "02:14:07"],
  [Date.UTC(2026, 10, 22, 22, 10, 30), "Sun 22:10:30"],
  [Date.UTC(2026, 10, 12, 9, 14, 0), "12 Nov 09:14"],
  [Date.UTC(2025, 10, 12, 9, 14, 0), "12 Nov 2025"],
])("an instant tells as much of its date as it needs: %d is %s", (at, words) => {
  expect(instantText(at, NOW)).toBe(words);
});

test("an instant a little ahead of us on the same day is told by its clock", () => {
  expect(instantText(NOW + 3_000, NOW)).toBe("03:01:47");
});

test("ISO text has whole seconds and says UTC", () => {
  expect(isoText(NOW + 123)).toBe("2026-11-23T03:01:44Z");
  expect(dayText(NOW)).toBe("Mon 23 Nov");
});

test("no number that a device may tell makes a time throw", () => {
  fc.assert(
    fc.property(fc.double(), (at) => {
      for (const text of [instantText(at, NOW), clockText(at), dayText(at), isoText(at), spanText(at)]) {
        expect(text).not.toMatch(/NaN|Invalid|undefined/);
      }
    }),
  );
});
