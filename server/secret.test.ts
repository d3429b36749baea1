import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

test("a secret does not print itself, however it is asked, and tells its value only to who reveals it", () => {
  const secret = new Secret("hunter2");
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true, depth: 9 }),
    inspect({ a: [secret] }),
    Object.values(secret).join(),
  ];
  for (const text of printed) expect(text).not.toContain("hunter2");
  expect(secret.reveal()).toBe("hunter2");
});
