import fc from "fast-check";
import { expect, test } from "vitest";
import { byNaturalName } from "./natural-order.ts";

test("numbers in names count as numbers", () => {
  expect(["leaf-10", "leaf-9", "leaf-1"].sort(byNaturalName)).toEqual(["leaf-1", "leaf-9", "leaf-10"]);
});

test("only a name itself is equal to it, so that no two names change places", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(byNaturalName(a, b) === 0).toBe(a === b);
      expect(Math.sign(byNaturalName(a, b)) + Math.sign(byNaturalName(b, a))).toBe(0);
    }),
  );
});
