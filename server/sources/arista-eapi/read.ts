import { z } from "zod";
import { reading, SourceError } from "../source-error.ts";
import { modelOf } from "../switch/saved.ts";
import { EapiRequestError, outcomeOf } from "./eapi-answer.ts";
import type { EapiCommand } from "./eapi-commands.ts";
import { EOS, EOS_COMMANDS } from "./eos-dialect.ts";

/**
 * A saved answer as our model. It may be a whole JSON-RPC envelope, one element of its `result`, a list of such
 * elements, `{"output": text}`, or the text alone. Without the time of asking, ages are left out.
 *
 * The readers throw SourceError: `malformed` for what cannot be read, `refused` for the switch's own errors.
 */
export const EAPI_COMMANDS: ReadonlyMap<string, (text: string, device: string) => unknown> = new Map(
  EOS_COMMANDS.map((command) => [command, (text, device) => read(command, text, device)] as const),
);

/** The first element that the command's reader takes: a saved batch holds answers to other commands as well. */
function read(command: EapiCommand, text: string, device: string): unknown {
  const { elements, failure } = elementsOf(text);
  let refusal: unknown;
  for (const element of elements) {
    const outcome = outcomeOf(element, 0, "");
    if (!outcome.ok) {
      refusal ??= new SourceError("refused", device, outcome.text || "an error without a text");
      continue;
    }
    try {
      return reading(device, () => modelOf(EOS.read(command, outcome.answer, { skewMs: 0 }), device));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      refusal = refusal instanceof SourceError && refusal.reason === "refused" ? refusal : (refusal ?? error);
    }
  }
  if (failure) throw new SourceError("refused", device, failure.message);
  throw refusal ?? new SourceError("malformed", device, "an answer with nothing in it");
}

const Envelope = z.object({
  result: z.array(z.unknown()).optional(),
  error: z
    .object({ code: z.number(), message: z.string().default(""), data: z.array(z.unknown()).nullish() })
    .optional(),
});

function elementsOf(text: string): { elements: readonly unknown[]; failure?: Error } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { elements: text.trim() === "" ? [] : [{ output: text }] };
  }
  if (Array.isArray(parsed)) return { elements: parsed };
  const envelope = Envelope.safeParse(parsed);
  if (envelope.success && envelope.data.error) {
    const { code, message, data } = envelope.data.error;
    const words = (data ?? []).map((entry) => outcomeOf(entry, code, message)).filter((outcome) => !outcome.ok);
    const detail = words.map((outcome) => outcome.text).join("; ");
    return { elements: data ?? [], failure: new EapiRequestError(code, detail ? `${message}: ${detail}` : message) };
  }
  return { elements: envelope.success && envelope.data.result ? envelope.data.result : [parsed] };
}
