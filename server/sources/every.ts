import { setTimeout as delay } from "node:timers/promises";

/**
 * Yields at once, then every `everyMs` until `signal` aborts. Each wait is jittered by ±5 %, so that many devices do
 * not fall into step, and a slow reader never makes two ticks fall due at once.
 */
export async function* every(everyMs: number, signal: AbortSignal): AsyncGenerator<number> {
  let due = Date.now();
  while (!signal.aborted) {
    const wait = due - Date.now();
    if (wait > 0) {
      const slept = await delay(wait, true, { signal, ref: true }).catch(() => false);
      if (!slept) return;
    }
    const tickedAt = Date.now();
    yield tickedAt;
    due = Math.max(due + everyMs * (0.95 + Math.random() * 0.1), Date.now() + Math.min(20, everyMs / 10));
    if (due < Date.now() - everyMs) due = Date.now();
  }
}
