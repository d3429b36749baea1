import { z } from "zod";
import type { CommandTrouble, Outcome } from "../switch/outcome.ts";

/** What of a batch was answered. Where EOS stopped at a failing command, the rest is still to be asked. */
export interface Batch {
  readonly id?: string | number | null | undefined;
  readonly outcomes: readonly Outcome[];
}

const Envelope = z.union([
  z.object({ id: Id(), result: z.array(z.unknown()) }),
  z.object({
    id: Id(),
    error: z.object({ code: z.number(), message: z.string().default(""), data: z.array(z.unknown()).nullish() }),
  }),
]);

function Id() {
  return z.union([z.string(), z.number()]).nullish();
}

/** An error that concerns the request, not one of its commands. */
export class EapiRequestError extends Error {
  override readonly name = "EapiRequestError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(`${message.slice(0, 300)} (code ${code})`);
    this.code = code;
  }
}

/**
 * The envelope of `runCmds` for `asked` commands.
 *
 * @throws ZodError for what is no envelope. @throws EapiRequestError when the whole request was refused.
 * @throws SyntaxError when the number of results does not fit.
 */
export function parseEnvelope(envelope: unknown, asked: number): Batch {
  const told = Envelope.parse(envelope);
  if ("result" in told) {
    if (told.result.length !== asked) {
      throw new SyntaxError(`${told.result.length} results for ${asked} commands`);
    }
    return { id: told.id, outcomes: told.result.map((entry) => outcomeOf(entry, 0, "")) };
  }
  const { code, message, data } = told.error;
  const failed = data?.findIndex((entry) => errorsIn(entry) !== undefined) ?? -1;
  const position = /^CLI command (\d{1,4}) of /.exec(message)?.[1];
  const at = failed >= 0 ? failed : position === undefined ? -1 : Number(position) - 1;
  if (at < 0 || at >= asked) throw new EapiRequestError(code, message);
  const before = (data ?? []).slice(0, at).map((entry) => outcomeOf(entry, 0, ""));
  if (before.length < at) throw new SyntaxError(`${before.length} results before command ${at + 1}, which failed`);
  const culprit = outcomeOf(data?.[at], code, message);
  const failure: Outcome = culprit.ok ? { ok: false, why: troubleOf(code, message), text: message } : culprit;
  const after = (data ?? []).slice(at + 1, asked).map((entry) => outcomeOf(entry, 0, ""));
  return { id: told.id, outcomes: [...before, failure, ...after] };
}

/** One element of `result` or of `error.data`. Some commands give their JSON as a string. */
export function outcomeOf(entry: unknown, code: number, message: string): Outcome {
  const errors = errorsIn(entry);
  if (errors !== undefined) {
    const text = (errors.join("; ") || message).slice(0, 500);
    return { ok: false, why: troubleOf(code, `${text} ${message}`), text };
  }
  if (typeof entry !== "string") return { ok: true, answer: entry };
  try {
    return { ok: true, answer: JSON.parse(entry) };
  } catch {
    return { ok: true, answer: { output: entry } };
  }
}

function errorsIn(entry: unknown): readonly string[] | undefined {
  if (typeof entry !== "object" || entry === null || !("errors" in entry) || !Array.isArray(entry.errors))
    return undefined;
  return entry.errors.filter((each) => typeof each === "string").slice(0, 10);
}

/** Codes of eAPI: 1002 invalid, 1003 no JSON form, 1004 no such revision, 1005 not authorised. */
function troubleOf(code: number, text: string): CommandTrouble {
  if (/BGP (is )?(inactive|not (running|active|configured))|VRF \S{1,256} is not active/i.test(text)) return "inactive";
  if (code === 1003 || /unconverted command|not been converted/i.test(text)) return "text-only";
  if (code === 1005 || /not authori[sz]ed|authorization denied|privileged mode required/i.test(text)) return "refused";
  if (/not supported on this (hardware )?platform|unavailable on this|could not run command/i.test(text)) {
    return "not-applicable";
  }
  if (code === 1002 || code === 1004 || /^(Invalid input|Incomplete command|Ambiguous command)/i.test(text))
    return "invalid";
  return "failed";
}

/** Text that EOS gave instead of JSON. */
export function textIn(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null || !("output" in answer)) return undefined;
  return typeof answer.output === "string" ? answer.output : undefined;
}
