import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldUse, toggleField } from "./filter-edit.ts";
import { filterWords } from "./filter-words.ts";

test("a value joins the other values of its field", () => {
  expect(toggleField("node-1 state:down", "state", "degraded", "for")).toBe("node-1 state:down,degraded");
});

test("filtered out stands apart from filtered for", () => {
  expect(toggleField("state:down", "state", "up", "out")).toBe("state:down !state:up");
});

test("one press after another of the other kind turns the value round", () => {
  expect(toggleField("!state:up,down", "state", "up", "for")).toBe("!state:down state:up");
});

test("names with blanks and commas stay whole", () => {
  expect(toggleField("rack:r1", "rack", "row 3, left", "for")).toBe('rack:r1,"row 3, left"');
  expect(filterWords('rack:r1,"row 3, left"')[0]?.values).toEqual(["r1", "row 3, left"]);
});

test("pressing twice leaves the words as they were", () => {
  const value = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.includes('"') && text.trim() === text);
  const text = fc.constantFrom("", "node-1", "state:down,up", "!rack:r1 leaf", '"a b"');
  fc.assert(
    fc.property(text, value, fc.constantFrom("for" as const, "out" as const), (before, name, use) => {
      const once = toggleField(before, "tor", name, use);
      expect(fieldUse(filterWords(once), "tor", name)).toBe(use);
      const twice = toggleField(once, "tor", name, use);
      expect(filterWords(twice).map((word) => word.text)).toEqual(filterWords(before).map((word) => word.text));
    }),
  );
});
