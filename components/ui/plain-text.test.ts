import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText } from "./plain-text.ts";

test("a direction override is shown as its escape and turns nothing", () => {
  expect(plainText("leaf-\u202e3fael")).toBe("leaf-\\u202e3fael");
});

test("line breaks and tabs become spaces; other controls are shown", () => {
  expect(plainText("a\nb\tc\u0000d\u001b[31m")).toBe("a b c\\u0000d\\u001b[31m");
});

test("a text of a megabyte is cut, and says so", () => {
  const shown = plainText("x".repeat(1_000_000));
  expect(shown).toHaveLength(1_000);
  expect(shown.endsWith("…")).toBe(true);
});

test("a pair of surrogates is never cut in two", () => {
  expect(plainText("😀😀😀", 4)).toBe("😀…");
});

test("whatever comes in, nothing hidden goes out", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(plainText(text, 200)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
