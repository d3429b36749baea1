import { expect, test } from "vitest";
import { canonicalMac } from "./attachment.ts";

test.each(["4438.39ba.d234", "44-38-39-BA-D2-34", "44:38:39:ba:d2:34", " 443839BAD234 "])(
  "%j is one MAC address",
  (text) => {
    expect(canonicalMac(text)).toBe("44:38:39:ba:d2:34");
  },
);

test.each(["", "4438.39ba.d2", "Incomplete", "443839bad2344", "zz:38:39:ba:d2:34"])("%j is no MAC address", (text) => {
  expect(canonicalMac(text)).toBeUndefined();
});
