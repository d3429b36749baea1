import fc from "fast-check";
import { expect, test } from "vitest";
import { type Diff, squash } from "./diff.ts";

type Records = ReadonlyMap<string, { readonly n: number }>;

const records = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d"), fc.record({ n: fc.nat(2) }))
  .map((all): Records => new Map(Object.entries(all)));

/** Written the slow way, to measure by. */
function between(before: Records, after: Records): Diff<{ readonly n: number }> {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  const diff = { added: new Map(), changed: new Map(), removed: new Map() };
  for (const id of ids) {
    const [from, to] = [before.get(id), after.get(id)];
    if (from && !to) diff.removed.set(id, from);
    else if (!from) diff.added.set(id, to);
    else if (from.n !== to?.n) diff.changed.set(id, { from, to });
  }
  return diff;
}

const sorted = (diff: Diff<unknown>) =>
  [diff.added, diff.changed, diff.removed].map((part) => [...part].sort(([a], [b]) => (a < b ? -1 : 1)));

test("two differences squashed are the difference of the ends", () => {
  fc.assert(
    fc.property(records, records, records, (a, b, c) => {
      expect(sorted(squash(between(a, b), between(b, c)))).toEqual(sorted(between(a, c)));
    }),
  );
});
