import { same } from "./same.ts";

/** What happened to a set of records between two instants. A plain value: two of them can be squashed into one. */
export interface Diff<T> {
  readonly added: ReadonlyMap<string, T>;
  readonly changed: ReadonlyMap<string, { readonly from: T; readonly to: T }>;
  readonly removed: ReadonlyMap<string, T>;
}

/** Two diffs in a row as one: a storm becomes one event, and what came and went again leaves no trace. */
export function squash<T>(first: Diff<T>, second: Diff<T>): Diff<T> {
  const added = new Map(first.added);
  const changed = new Map(first.changed);
  const removed = new Map(first.removed);
  for (const [id, record] of second.removed) {
    if (added.delete(id)) continue;
    removed.set(id, changed.get(id)?.from ?? record);
    changed.delete(id);
  }
  for (const [id, record] of second.added) {
    const from = removed.get(id);
    if (from === undefined) added.set(id, record);
    else {
      removed.delete(id);
      if (!same(from, record)) changed.set(id, { from, to: record });
    }
  }
  for (const [id, { from, to }] of second.changed) {
    if (added.has(id)) added.set(id, to);
    else {
      const first = changed.get(id)?.from ?? from;
      if (same(first, to)) changed.delete(id);
      else changed.set(id, { from: first, to });
    }
  }
  return { added, changed, removed };
}
