import type { SessionLine } from "../../lib/view/fold-sessions.ts";
import type { SessionRow } from "../../lib/view/view.ts";

/** Unique among the lines of a list. */
export function lineId(line: SessionLine): string {
  return line.kind === "one" ? line.row.id : `fold:${line.id}`;
}

/** The lines that stand on the screen, at their places, with what is true of them now. */
export function heldLines(
  held: readonly SessionLine[],
  fresh: readonly SessionLine[],
  now: ReadonlyMap<string, SessionRow>,
): readonly SessionLine[] {
  const folds = new Map(fresh.flatMap((line) => (line.kind === "many" ? [[line.id, line] as const] : [])));
  return held.map((line) => {
    if (line.kind === "many") return folds.get(line.id) ?? line;
    const row = now.get(line.row.id);
    return row && row !== line.row ? { ...line, row } : line;
  });
}

/** Lines that would come or go, or whose state is another; when only the order would change, the lines that would move. */
export function newsCount(held: readonly SessionLine[], fresh: readonly SessionLine[]): number {
  if (held === fresh) return 0;
  const before = new Map(held.map((line) => [lineId(line), stateOf(line)]));
  let news = 0;
  let kept = 0;
  for (const line of fresh) {
    const state = before.get(lineId(line));
    if (state !== undefined) kept += 1;
    if (state !== stateOf(line)) news += 1;
  }
  news += before.size - kept;
  if (news > 0) return news;
  return fresh.filter((line, i) => lineId(line) !== lineId(held[i] ?? line)).length;
}

function stateOf(line: SessionLine): string {
  return line.kind === "one" ? `${line.row.status} ${line.row.cause}` : `${line.rows[0]?.status} ${line.rows.length}`;
}
