import { z } from "zod";
import type { SourceErrorReason } from "../../lib/fabric/observation.ts";
import { issueSentence } from "../../lib/values/issue-text.ts";

const SENTENCE: Record<SourceErrorReason, string> = {
  unreachable: "cannot be reached",
  "no-daemon": "has no daemon listening",
  timeout: "did not answer in time",
  "cut-off": "hung up in the middle of its answer",
  certificate: "showed a certificate that we do not trust",
  unauthorized: "refused our credentials",
  redirected: "sent us elsewhere, and we do not follow",
  "too-large": "answered with more than we take",
  malformed: "gave an answer that we cannot read",
  refused: "refused the question",
  failed: "could not be asked",
};

/** Why a source gave no observation: `reason` for code, `message` for the operator who must act. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly reason: SourceErrorReason;
  readonly source: string;

  constructor(reason: SourceErrorReason, source: string, detail: string, options?: { cause: unknown }) {
    super(`${source} ${SENTENCE[reason]}: ${detail.slice(0, 500)}`, options);
    this.reason = reason;
    this.source = source;
  }
}

/** Runs a parser; an answer that it refuses becomes the source's fault, a bug of ours stays a bug. */
export function reading<T>(source: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof z.ZodError) throw new SourceError("malformed", source, sentencesOf(cause), { cause });
    if (cause instanceof SyntaxError) throw new SourceError("malformed", source, cause.message, { cause });
    // An answer nested or wrong a hundred thousand times exhausts the stack of whoever reads it.
    if (cause instanceof RangeError && /call stack/.test(cause.message)) {
      throw new SourceError("malformed", source, "it is nested or wrong too many times to be read", { cause });
    }
    throw cause;
  }
}

const TOLD_ISSUES = 3;

function sentencesOf({ issues }: z.ZodError): string {
  const told = issues.slice(0, TOLD_ISSUES).map(issueSentence).join("; ");
  return issues.length > TOLD_ISSUES ? `${told}; and ${issues.length - TOLD_ISSUES} more` : told;
}
