/** Asks the daemons of one FRR. Every command must be one of `commands.ts`; any other is a bug of ours, and throws. */
export interface FrrClient {
  /** Where it asks, for people. */
  readonly address: string;
  /** What a question costs: a socket of the daemon 0.1 ms, a `vtysh` process 32 ms. */
  readonly cheap: boolean;
  /**
   * The answer's text, as the daemon gave it.
   *
   * @throws SourceError, whose reasons the sentence of `SourceError` tells; and RangeError for a command that is not
   *   on the list.
   */
  ask(command: string, budget: Budget): Promise<string>;
}

/** What is left for one poll: every question of it ends before `deadlineAt`. */
export interface Budget {
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly deadlineAt: number;
  /** Of one answer. */
  readonly maxAnswerBytes: number;
}
