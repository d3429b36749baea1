import { freshness, type SourceHealth } from "../../lib/fabric/observation.ts";
import type { Impairment } from "../../lib/view/view.ts";

/** Beyond this share of sources falling silent together, or this lag of our own loop, the collector suspects itself. */
const SHARE = 0.3;
const MIN_SOURCES = 5;
const LAG_MS = 1_000;
/** So long one late tick is held against us. */
const LAG_COUNTS_MS = 5_000;
/** Failures that began within this time fell together. */
const TOGETHER_MS = 60_000;
/** Nothing is suspicious about devices that never answered yet while the console has just begun, or about its being busy. */
const STARTING_MS = 15_000;

/** The collector's doubt of itself (rule 8 of our reliability rules): whether what it does not see may be its own fault. */
export class Suspicion {
  readonly #sources: number;
  readonly #startedAt: number;
  #laggedUntil = 0;
  #network = false;

  constructor(sources: number, now: number) {
    this.#sources = sources;
    this.#startedAt = now;
  }

  /**
   * Raised when many sources fell silent together, and kept until most of them answer: devices that have been dead for long,
   * one here, one there, say nothing about us.
   *
   * @param lagMs by how much our own loop came too late this time.
   */
  of(sources: Iterable<SourceHealth>, lagMs: number, now: number): Impairment | undefined {
    if (now - this.#startedAt < STARTING_MS) return undefined;
    if (lagMs > LAG_MS) this.#laggedUntil = now + LAG_COUNTS_MS;
    if (this.#laggedUntil > now) {
      return { since: now, text: "The console itself was too busy for more than a second: what it shows may be late." };
    }
    let failing = 0;
    let together = 0;
    for (const { error, lastOkAt, everyMs } of sources) {
      if (!error || freshness(lastOkAt, everyMs, now) === "fresh") continue;
      failing += 1;
      if (now - error.since < TOGETHER_MS + 3 * everyMs) together += 1;
    }
    const many = (count: number) => this.#sources >= MIN_SOURCES && count / this.#sources > SHARE;
    this.#network = many(this.#network ? failing : together);
    if (!this.#network) return undefined;
    const text = `${failing} of ${this.#sources} sources fail at once: the console's own network is the first suspect.`;
    return { since: now, text };
  }
}
