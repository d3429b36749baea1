import { SourceError } from "./source-error.ts";

const MAX_TRIES = 3;
const WITHIN_MS = 15 * 60_000;

/**
 * Guards each use of a password. A refused one is tried at most 3 times in 15 minutes, so that we never lock an account:
 * RADIUS and TACACS+ servers count.
 *
 * @returns a function that runs one use, and throws SourceError `unauthorized` without it when there were too many.
 */
export function passwordTries(source: string, username: string): <T>(use: () => Promise<T>) => Promise<T> {
  let refusedAt: number[] = [];
  return async (use) => {
    refusedAt = refusedAt.filter((at) => at > Date.now() - WITHIN_MS);
    const [first] = refusedAt;
    if (first !== undefined && refusedAt.length >= MAX_TRIES) {
      const again = new Date(first + WITHIN_MS).toISOString().slice(11, 16);
      throw new SourceError(
        "unauthorized",
        source,
        `${MAX_TRIES} times in 15 minutes as ${JSON.stringify(username)}; ` +
          `we do not ask before ${again} UTC, so that the account is not locked. Correct the credentials and restart`,
      );
    }
    try {
      const done = await use();
      refusedAt = [];
      return done;
    } catch (error) {
      if (error instanceof SourceError && error.reason === "unauthorized") refusedAt.push(Date.now());
      throw error;
    }
  };
}
