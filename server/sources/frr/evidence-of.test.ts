import { expect, test } from "vitest";
import { evidenceOf } from "./evidence-of.ts";

const FROM = { source: "leaf/frr", device: "leaf" };

function shown(text: string) {
  return evidenceOf(FROM, { command: "show x", observedAt: 1, text });
}

test("secrets are masked, in JSON and in text", () => {
  expect(shown('{"bgpPassword": "a\\"b", "remoteAs": 1}').text).toBe('{"bgpPassword": "[masked]", "remoteAs": 1}');
  expect(shown(" neighbor 10.0.0.1 password 7 lab-secret\n").text).toBe(" neighbor 10.0.0.1 password 7 [masked]\n");
  expect(shown('{"authenticationEnabled":1}').text).toBe('{"authenticationEnabled":1}');
});

test("a long answer is cut, and says how much is missing", () => {
  const evidence = shown("x".repeat(70_000));
  expect(evidence.text).toHaveLength(65_536);
  expect(evidence.cutChars).toBe(70_000 - 65_536);
  expect(shown("short")).not.toHaveProperty("cutChars");
});

test("a secret that the cut runs through is masked all the same", () => {
  const text = `${"x".repeat(65_520)}"password":"lab-secret"`;
  expect(shown(text).text).not.toContain("lab");
});
