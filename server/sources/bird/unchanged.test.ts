import { expect, test } from "vitest";
import { tellsTheSame } from "./unchanged.ts";

const block = (hold: string, keepalive: string, routes = "3 imported") =>
  `1002-p BGP --- up 02:12:02.070 Established\n1006-  BGP state: Established\n     Hold timer:       ${hold}\n     Keepalive timer:  ${keepalive}\n   Routes: ${routes}\n`;

test("countdowns that run are no change", () => {
  expect(tellsTheSame(block("22.808/30", "3.437/10"), block("9.1/30", "10/10"))).toBe(true);
  expect(tellsTheSame("no timers at all", "no timers at all")).toBe(true);
});

test.each([
  ["the negotiated hold time", block("22/30", "3/10"), block("22/90", "3/10")],
  ["the negotiated keepalive", block("22/30", "3/10"), block("22/30", "3/30")],
  ["a count behind them", block("22/30", "3/10"), block("22/30", "3/10", "4 imported")],
  [
    "the state before them",
    block("22/30", "3/10"),
    block("22/30", "3/10").replace("Established\n1006", "Active\n1006"),
  ],
  ["the timers' going", block("22/30", "3/10"), block("22/30", "3/10").replace(/Hold.*\n/, "")],
  ["text without timers", "a", "b"],
  ["a slash that is missing", block("22/30", "3/10"), block("22", "3")],
])("%s is one", (_what, before, after) => {
  expect(tellsTheSame(before, after)).toBe(false);
  expect(tellsTheSame(after, before)).toBe(false);
});
