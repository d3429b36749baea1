/** Why Peerglass does not start on these settings: every problem, one a line, for the person who wrote them. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: { cause: unknown }) {
    const told = problems.slice(0, MAX_TOLD);
    const more = problems.length - told.length;
    super([...told, ...(more > 0 ? [`and ${more} more of that kind`] : [])].join("\n"), options);
    this.problems = problems;
  }
}

const MAX_TOLD = 50;
