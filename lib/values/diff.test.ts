import fc from "fast-check";
import { expect, test } from "vitest";
import { applyDiff, diffOf, isEmpty, reverse, squash } from "./diff.ts";

const records = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d"), fc.record({ n: fc.nat(2) }))
  .map((all) => new Map(Object.entries(all)));

test("applying the difference of a and b to a gives b; its reverse gives a again", () => {
  fc.assert(
    fc.property(records, records, (a, b) => {
      const diff = diffOf(a, b);
      expect(applyDiff(a, diff)).toEqual(b);
      expect(applyDiff(b, reverse(diff))).toEqual(a);
      expect(isEmpty(diffOf(a, structuredClone(a)))).toBe(true);
    }),
  );
});

test("two differences squashed are the difference of the ends", () => {
  fc.assert(
    fc.property(records, records, records, (a, b, c) => {
      const one = squash(diffOf(a, b), diffOf(b, c));
      expect(applyDiff(a, one)).toEqual(c);
      expect([...one.added.keys()].sort()).toEqual([...diffOf(a, c).added.keys()].sort());
      expect([...one.changed.keys()].sort()).toEqual([...diffOf(a, c).changed.keys()].sort());
      expect([...one.removed.keys()].sort()).toEqual([...diffOf(a, c).removed.keys()].sort());
    }),
  );
});
