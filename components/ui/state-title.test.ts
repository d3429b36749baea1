import { expect, test } from "vitest";
import { stateText } from "./state-title.tsx";

test.each([
  [{ down: 2, degraded: 12, unknown: 24, up: 90 }, "2 down, 12 degraded, 24 unknown"],
  [{ "admin-down": 1, up: 3 }, "1 shut on purpose"],
  [{ up: 128 }, "All 128 sessions up"],
  [{ up: 1 }, "The one session is up"],
  [{}, "No sessions seen yet"],
])("a tab tells the state first, worst first: %o", (counts, words) => {
  expect(stateText(counts, "session")).toBe(words);
});
