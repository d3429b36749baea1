import fc from "fast-check";
import { expect, test } from "vitest";
import { fitted, labelWidth } from "./label.ts";

test("a name that fits is left as it is", () => {
  expect(fitted("node-17", 60, 12)).toBe("node-17");
});

test("a long name keeps its end, which is what tells it from the others", () => {
  const short = fitted("worker-pool-a-eu-central-0017", 60, 12);

  expect(short).toMatch(/^w.*….*17$/);
  expect(labelWidth(short, 12)).toBeLessThanOrEqual(60);
});

test("no name is wider than its room, or breaks a line, or turns the text after it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const short = fitted(name, 80, 12);
      expect(short).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
      expect(labelWidth(short, 12)).toBeLessThanOrEqual(80);
    }),
  );
});
