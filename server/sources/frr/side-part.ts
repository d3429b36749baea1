import type { Trouble } from "../../../lib/fabric/observation.ts";
import { SourceError } from "../source-error.ts";
import type { Budget } from "./client.ts";

const RETRY_AFTER_MS = 10_000;

/**
 * A part of a poll that may fail without the rest: it is asked every `everyMs`, may take a share of the poll only, and
 * after a failure waits, so that a daemon that hangs does not make every poll late. Its trouble stands until it answers.
 */
export class SidePart<T> {
  readonly #part: string;
  readonly #everyMs: number;
  readonly #maxMs: number;
  #value: T | undefined;
  #trouble: Trouble | undefined;
  #dueAt = 0;

  constructor(options: { part: string; everyMs: number; maxMs: number }) {
    this.#part = options.part;
    this.#everyMs = options.everyMs;
    this.#maxMs = options.maxMs;
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** The last good answer; undefined before the first, and after a failure. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Asks if it is due, and tells whether it did and was answered. */
  async refresh(budget: Budget, ask: (budget: Budget, earlier: T | undefined) => Promise<T>): Promise<boolean> {
    const startedAt = Date.now();
    if (startedAt < this.#dueAt) return false;
    const deadlineAt = Math.min(budget.deadlineAt, startedAt + this.#maxMs);
    try {
      this.#value = await ask({ ...budget, deadlineAt }, this.#value);
      this.#trouble = undefined;
      this.#dueAt = startedAt + this.#everyMs;
      return true;
    } catch (error) {
      if (!(error instanceof SourceError) || budget.signal.aborted) throw error;
      this.#value = undefined;
      this.#trouble = { part: this.#part, text: error.message };
      this.#dueAt = Date.now() + RETRY_AFTER_MS;
      return false;
    }
  }

  /** Its trouble is nobody's any more. */
  forget(): void {
    this.#trouble = undefined;
    this.#value = undefined;
  }
}
