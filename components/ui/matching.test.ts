import { expect, test } from "vitest";
import { matching } from "./matching.ts";

const rows = ["leaf-1 down", "leaf-2 up", "node-1 up"];
const texts = (row: string) => [row, undefined];

test.each([
  ["", rows],
  ["  ", rows],
  ["LEAF", ["leaf-1 down", "leaf-2 up"]],
  ["leaf up", ["leaf-2 up"]],
  ["!leaf", ["node-1 up"]],
  ["!", rows],
  ["spine", []],
])("every word must occur, ! turns a word round: %j", (filter, kept) => {
  expect(matching(rows, filter, texts)).toEqual(kept);
});
