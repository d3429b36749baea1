import { expect, test } from "vitest";
import type { SessionLine } from "../../lib/view/fold-sessions.ts";
import type { SessionRow } from "../../lib/view/view.ts";
import { heldLines, newsCount } from "./held-lines.ts";

function row(id: string, more: Partial<SessionRow> = {}): SessionRow {
  return {
    id,
    vrf: "default",
    kind: "node-tor",
    near: {},
    far: {},
    status: "up",
    cause: "none",
    sentence: "",
    ...more,
  };
}
const one = (id: string, more?: Partial<SessionRow>): SessionLine => ({ kind: "one", row: row(id, more) });

test("a held line keeps its place and tells what is true now", () => {
  const now = row("a", { status: "down", cause: "password" });
  const lines = heldLines([one("a"), one("b")], [one("b")], new Map([["a", now]]));
  expect(lines.map((line) => line.kind === "one" && line.row)).toEqual([now, row("b")]);
});

test("news are the lines that come, go or change their state", () => {
  const held = [one("a"), one("b"), one("c")];
  expect(newsCount(held, [one("a", { status: "down" }), one("b"), one("d")])).toBe(3);
  expect(newsCount(held, held)).toBe(0);
});

test("where only the order differs, news are the lines that would move", () => {
  expect(newsCount([one("a"), one("b"), one("c")], [one("b"), one("a"), one("c")])).toBe(2);
});
