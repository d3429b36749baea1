import { expect, test } from "vitest";
import { counted, countText, scaledText } from "./count.ts";

const narrow = (text: string) => text.replaceAll("\u202f", " ");

test.each([
  [0, "0"],
  [999, "999"],
  [4_812, "4 812"],
  [1_234_567, "1 234 567"],
])("%d in groups is %s", (count, text) => {
  expect(narrow(countText(count))).toBe(text);
});

test("one is one, and none is many", () => {
  expect([0, 1, 2].map((count) => counted(count, "node"))).toEqual(["0 nodes", "1 node", "2 nodes"]);
});

test.each([
  [0, "0"],
  [950, "950"],
  [999.6, "1 k"],
  [1_000, "1 k"],
  [1_550, "1.55 k"],
  [10_000, "10 k"],
  [833_008_504, "833 M"],
  [2_835_385_744, "2.84 G"],
  [99_960_000_000, "100 G"],
  [16_794_853_376, "16.8 G"],
])("%d in three figures is %s", (value, text) => {
  expect(narrow(scaledText(value))).toBe(text);
});
