import { same } from "./same.ts";

/** What happened to a set of records between two instants. A plain value: it can be sent, stored, squashed and turned round. */
export interface Diff<T> {
  readonly added: ReadonlyMap<string, T>;
  readonly changed: ReadonlyMap<string, { readonly from: T; readonly to: T }>;
  readonly removed: ReadonlyMap<string, T>;
}

export function emptyDiff<T>(): Diff<T> {
  return { added: new Map(), changed: new Map(), removed: new Map() };
}

export function isEmpty(diff: Diff<unknown>): boolean {
  return diff.added.size === 0 && diff.changed.size === 0 && diff.removed.size === 0;
}

/** `diffOf(a, a)` is empty; applying `diffOf(a, b)` to a gives b. */
export function diffOf<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Diff<T> {
  const added = new Map<string, T>();
  const changed = new Map<string, { from: T; to: T }>();
  const removed = new Map<string, T>();
  for (const [id, to] of after) {
    const from = before.get(id);
    if (from === undefined) added.set(id, to);
    else if (!same(from, to)) changed.set(id, { from, to });
  }
  for (const [id, from] of before) if (!after.has(id)) removed.set(id, from);
  return { added, changed, removed };
}

export function applyDiff<T>(before: ReadonlyMap<string, T>, diff: Diff<T>): ReadonlyMap<string, T> {
  const after = new Map(before);
  for (const [id, record] of diff.added) after.set(id, record);
  for (const [id, { to }] of diff.changed) after.set(id, to);
  for (const id of diff.removed.keys()) after.delete(id);
  return after;
}

/** The way back: what a rollback would do. */
export function reverse<T>(diff: Diff<T>): Diff<T> {
  return {
    added: diff.removed,
    changed: new Map([...diff.changed].map(([id, { from, to }]) => [id, { from: to, to: from }] as const)),
    removed: diff.added,
  };
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
