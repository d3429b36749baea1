import { causeKey, devicesGone } from "./attention.ts";
import type { SessionRow } from "./view.ts";

/** A line of the table: one session, or several that one cause explains, in the place of the first. */
export type SessionLine =
  | { readonly kind: "one"; readonly row: SessionRow; readonly of?: string }
  | { readonly kind: "many"; readonly id: string; readonly rows: readonly SessionRow[]; readonly open: boolean };

/** Folds rows of one cause into one line; those in `open` are followed by their rows. Healthy rows never fold. */
export function foldSessions(rows: readonly SessionRow[], open: ReadonlySet<string>): readonly SessionLine[] {
  const gone = devicesGone(rows);
  const groups = new Map<string, SessionRow[]>();
  const keys = rows.map((row) => {
    if (row.status === "up") return undefined;
    const key = causeKey(row, gone);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
    return key;
  });
  const lines: SessionLine[] = [];
  for (const [i, row] of rows.entries()) {
    const key = keys[i];
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || !group || group.length < 2) lines.push({ kind: "one", row });
    else if (group[0] === row) {
      const isOpen = open.has(key);
      lines.push({ kind: "many", id: key, rows: group, open: isOpen });
      if (isOpen) for (const member of group) lines.push({ kind: "one", row: member, of: key });
    }
  }
  return lines;
}
