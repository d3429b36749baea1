import { expect, test } from "vitest";
import { asPathLength, parseAsPath, parseCommunity, parseLargeCommunity } from "./path.ts";

test.each([
  ["65001:100", "65001:100"],
  ["(65001,100)", "65001:100"],
  [" 65001 : 100 ", "65001:100"],
  ["4259905636", "65001:100"],
  ["no-export", "65535:65281"],
  ["noExport", "65535:65281"],
  ["NO_ADVERTISE", "65535:65282"],
  ["graceful-shutdown", "65535:0"],
  ["gshut", "65535:0"],
  ["blackhole", "65535:666"],
])("community %s is %s", (text, community) => {
  expect(parseCommunity(text)).toBe(community);
});

test.each(["65536:1", "1:65536", "4294967296", "internet2", "", "1:2:3"])("%j is no community", (text) => {
  expect(parseCommunity(text)).toBeUndefined();
});

test("large communities, also as BIRD prints them", () => {
  expect(parseLargeCommunity("65001:1:2")).toBe("65001:1:2");
  expect(parseLargeCommunity("(4200000001, 1, 2)")).toBe("4200000001:1:2");
  expect(parseLargeCommunity("4294967296:1:2")).toBeUndefined();
  expect(parseLargeCommunity("65001:1")).toBeUndefined();
});

test.each([
  ["", []],
  ["65001 65002", [65001, 65002]],
  ["65001 1.10 i", [65001, 65546]],
  ["65001 ?", [65001]],
  ["i", []],
  ["65001 {65003,65004}", [65001, { set: [65003, 65004] }]],
  ["65001 {65003 65004} e", [65001, { set: [65003, 65004] }]],
  ["(65100 65101) 65001", [{ confederation: [65100, 65101], kind: "sequence" }, 65001]],
  ["[65100,65101]", [{ confederation: [65100, 65101], kind: "set" }]],
])("AS path %j", (text, path) => {
  expect(parseAsPath(text)).toEqual(path);
});

test.each(["Local", "65001 abc", "65001 {65003", "4294967296", "65001 1.65536"])("%j is no AS path", (text) => {
  expect(parseAsPath(text)).toBeUndefined();
});

test("a set counts one, a confederation nothing", () => {
  expect(asPathLength(parseAsPath("(65100) 65001 65002 {1,2,3}") ?? [])).toBe(3);
});
