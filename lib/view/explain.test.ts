import { expect, test } from "vitest";
import { EXPLAIN_CAUSE, EXPLAIN_STATE, EXPLAIN_STATUS } from "./explain.ts";

test("every explanation is at most two short sentences that end as sentences do", () => {
  for (const texts of [EXPLAIN_STATE, EXPLAIN_STATUS, EXPLAIN_CAUSE]) {
    for (const [word, text] of Object.entries(texts)) {
      expect(text.length, word).toBeLessThan(190);
      expect(text, word).toMatch(/\.$/);
      expect(text, word).not.toMatch(/!|error occurred|went wrong/i);
    }
  }
});
