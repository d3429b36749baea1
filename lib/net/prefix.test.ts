import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, parsePrefix } from "./address.ts";
import { canonicalPrefix } from "./prefix.ts";

test.each([
  ["10.0.0.5/24", "10.0.0.0/24"],
  ["10.0.0.0/24", "10.0.0.0/24"],
  ["10.0.0.5", "10.0.0.5/32"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["10.255.255.255/9", "10.128.0.0/9"],
  ["2001:DB8::1/64", "2001:db8::/64"],
  ["2001:db8::ffff/113", "2001:db8::8000/113"],
  ["::1", "::1/128"],
])("%s is %s", (text, prefix) => {
  expect(canonicalPrefix(text)).toBe(prefix);
});

test.each(["", "10.0.0.0/33", "10.0.0/8", "default", "2001:db8::/129", "10.0.0.1/"])("%j is no prefix", (text) => {
  expect(canonicalPrefix(text)).toBeUndefined();
});

test("a prefix holds the address that it was made of, and making it again changes nothing", () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(address, fc.nat(128), (host, length) => {
      const text = `${host}/${length}`;
      const made = canonicalPrefix(text);
      expect(made === undefined).toBe(parsePrefix(text) === undefined);
      if (made === undefined) return;
      expect(canonicalPrefix(made)).toBe(made);
      expect(contains(parsePrefix(made) ?? { address: "", length: 0 }, parsePrefix(text)?.address ?? "")).toBe(true);
    }),
  );
});
