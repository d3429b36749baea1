import { z } from "zod";
import { reading, SourceError } from "../source-error.ts";
import { modelOf } from "../switch/saved.ts";
import { EapiRequestError, outcomeOf } from "./eapi-answer.ts";
import { EOS, EOS_COMMANDS } from "./eos-dialect.ts";
import { parseBgpRoutes, parseRoutes } from "./parse-routes.ts";

type Read = (answer: unknown, device: string) => unknown;

const OWN = EOS_COMMANDS.map((command): readonly [string, Read] => [
  command,
  (answer, device) => modelOf(EOS.read(command, answer, { skewMs: 0 }), device),
]);

/** What is asked only when somebody wants to see routes. */
const MORE: readonly (readonly [command: string, read: Read])[] = [
  ["show ip route vrf all", (answer) => parseRoutes(answer)],
  ["show ipv6 route vrf all", (answer) => parseRoutes(answer)],
  ["show ip bgp vrf all", (answer) => parseBgpRoutes(answer, "loc-rib")],
  ["show bgp neighbors advertised-routes", (answer) => parseBgpRoutes(answer, "adj-rib-out-post")],
  ["show bgp neighbors received-routes", (answer) => parseBgpRoutes(answer, "adj-rib-in-pre")],
];

/**
 * A saved answer as our model. It may be a whole JSON-RPC envelope, one element of its `result`, a list of such
 * elements, `{"output": text}`, or the text alone. Without the time of asking, ages are left out.
 *
 * The readers throw SourceError: `malformed` for what cannot be read, `refused` for the switch's own errors.
 */
export const EAPI_COMMANDS: ReadonlyMap<string, (text: string, device: string) => unknown> = new Map(
  [...OWN, ...MORE].map(([command, reader]) => [command, (text, device) => read(reader, text, device)] as const),
);

/** The first element that the command's reader takes: a saved batch holds answers to other commands as well. */
function read(reader: Read, text: string, device: string): unknown {
  const { elements, failure } = elementsOf(text);
  let refusal: unknown;
  for (const element of elements) {
    const outcome = outcomeOf(element, 0, "");
    if (!outcome.ok) {
      refusal ??= new SourceError("refused", device, outcome.text || "an error without a text");
      continue;
    }
    try {
      return reading(device, () => reader(outcome.answer, device));
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
