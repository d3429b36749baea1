import fc from "fast-check";
import { expect, test } from "vitest";
import { plain, prettyJson } from "./print.ts";

test("a terminal gets no control character of a device, be it C0, C1 or a change of direction", () => {
  expect(plain("a\u001b[31mb\u009b2Jc\u202ed\r\n")).toBe("a\\u001b[31mb\\u009b2Jc\\u202ed\\u000d\n");
});

test("what is printed as JSON parses back to the same value, whatever text is in it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const printed = prettyJson({ value, text });

      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify({ value, text })));
      expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }),
  );
});

test("a Map is printed as an object, and nothing as null", () => {
  expect(prettyJson(new Map([["a", 1]]))).toBe('{\n  "a": 1\n}');
  expect(prettyJson(undefined)).toBe("null");
});
