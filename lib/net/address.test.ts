import fc from "fast-check";
import { expect, test } from "vitest";
import { addressBytes, canonicalAddress, compareAddresses, contains, parsePrefix } from "./address.ts";

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
  ["2001:db8::0:0:1", "2001:db8::1"],
  ["::", "::"],
  ["::ffff:192.0.2.1", "::ffff:c000:201"],
  ["fe80::1%Et3", "fe80::1%Et3"],
])("%s is written %s (RFC 5952)", (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test.each([
  "",
  "10.0.0",
  "10.0.0.256",
  "010.0.0.1",
  "10.0.0.1%eth0",
  "1::2::3",
  "12345::",
  "::1.2.3",
  "g::",
  "Unknown",
  "1:2:3:4:5:6:7:8:9",
])("%s is no address", (text) => {
  expect(canonicalAddress(text)).toBeUndefined();
});

test("the canonical form is its own canonical form, and keeps the bytes", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const once = canonicalAddress(text);
      expect(once).toBeDefined();
      expect(canonicalAddress(once ?? "")).toBe(once);
      expect(addressBytes(once ?? "")).toEqual(addressBytes(text));
    }),
  );
});

test("a prefix contains its own addresses and no other", () => {
  const prefix = parsePrefix("10.20.1.0/31");
  expect(prefix && contains(prefix, "10.20.1.1")).toBe(true);
  expect(prefix && contains(prefix, "10.20.1.2")).toBe(false);
  expect(prefix && contains(prefix, "::1")).toBe(false);
  expect(parsePrefix("10.0.0.1/33")).toBeUndefined();
  expect(parsePrefix("10.0.0.1")).toBeUndefined();
});

test("addresses sort by number, IPv4 first", () => {
  const sorted = ["::1", "10.0.0.10", "x", "10.0.0.9", "2001:db8::1"].sort(compareAddresses);
  expect(sorted).toEqual(["10.0.0.9", "10.0.0.10", "::1", "2001:db8::1", "x"]);
});
