import { setTimeout as delay } from "node:timers/promises";

export interface Sighting<T> {
  /** When the answer was in our hands; epoch ms. */
  readonly at: number;
  readonly value: T;
}

/** Asks again and again, and remembers every change since it began. */
export interface Watch<T> {
  /**
   * The first sighting that matches, past ones included.
   *
   * @param show what of a value the message tells when none matched
   * @throws Error that says `what` was awaited and what was seen instead.
   */
  first(
    what: string,
    withinMs: number,
    matches: (value: T) => boolean,
    show?: (value: T) => unknown,
  ): Promise<Sighting<T>>;
  /** What was seen at and after `at`, one sighting for each change. */
  since(at: number): readonly Sighting<T>[];
  /** Forgets what was seen; the present value is seen anew. */
  forget(): void;
  stop(): Promise<void>;
}

export function watch<T>(everyMs: number, ask: () => Promise<T>): Watch<T> {
  const stopped = new AbortController();
  let history: Sighting<T>[] = [];
  const loop = (async () => {
    let last: string | undefined;
    while (!stopped.signal.aborted) {
      const value = await ask();
      const text = JSON.stringify(value);
      if (text !== last || history.length === 0) history.push({ at: Date.now(), value });
      last = text;
      await delay(everyMs);
    }
  })();
  loop.catch(() => {}); // told by the next `first`, or by `stop`

  return {
    async first(what, withinMs, matches, show = (value) => value) {
      const until = Date.now() + withinMs;
      for (;;) {
        const found = history.find((sighting) => matches(sighting.value));
        if (found) return found;
        if (Date.now() > until) {
          const seen = history.slice(-3).map((sighting) => JSON.stringify(show(sighting.value)));
          throw new Error(`${what}: not within ${withinMs} ms; last seen ${seen.join(", then ") || "nothing"}`);
        }
        await Promise.race([delay(5), loop.then(() => delay(5))]);
      }
    },
    since: (at) => history.filter((sighting) => sighting.at >= at),
    forget() {
      history = [];
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
