import { expect, test } from "vitest";
import { asdot, parseAsn } from "./asn.ts";

test.each([
  [65001, 65001],
  ["65001", 65001],
  ["1.10", 65546],
  ["65001.1028", 65001 * 65536 + 1028],
  ["4294967295", 4294967295],
])("%s is AS %d (RFC 5396)", (text, asn) => {
  expect(parseAsn(text)).toBe(asn);
});

test.each([-1, 1.5, "4294967296", "1.65536", "65536.1", "", "AS65001", null, {}])("%s is no AS number", (value) => {
  expect(parseAsn(value)).toBeUndefined();
});

test("asdot is written only beyond two octets, and read back the same", () => {
  expect(asdot(65001)).toBe("65001");
  expect(asdot(65546)).toBe("1.10");
  expect(parseAsn(asdot(4_200_000_001))).toBe(4_200_000_001);
});
