import { z } from "zod";
import type { Route, RouteTable } from "../../../lib/fabric/route.ts";
import { reading, SourceError } from "../source-error.ts";
import type { Outcome } from "../switch/outcome.ts";
import { modelOf } from "../switch/saved.ts";
import { wordsOf } from "../switch/scalars.ts";
import { NxapiRequestError, parseAnswers, textIn } from "./nxapi-answer.ts";
import { NXOS, NXOS_COMMANDS } from "./nxos-dialect.ts";
import { parseBgpRoutesText } from "./parse-bgp-routes-text.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseRoutes } from "./parse-routes.ts";

type Read = (answer: unknown, device: string) => unknown;

const bgpRoutes =
  (table: RouteTable): Read =>
  (answer): Route[] => {
    const text = textIn(answer);
    if (text === undefined) throw new SyntaxError("JSON, where only the text of this command can be read");
    return parseBgpRoutesText(text, /show bgp vrf (\S+) all/.exec(text.slice(0, 1_000))?.[1] ?? "default", table);
  };

/** What is not asked in every poll, or is asked in another form. */
const MORE: readonly (readonly [command: string, read: Read])[] = [
  ["show interface brief", (answer) => parseInterfaces(answer).interfaces],
  ["show ip route vrf all", (answer) => parseRoutes(answer)],
  ["show ipv6 route vrf all", (answer) => parseRoutes(answer)],
  ["show bgp all neighbors advertised-routes", bgpRoutes("adj-rib-out-post")],
  ["show bgp all neighbors received-routes", bgpRoutes("adj-rib-in-pre")],
  ["show bgp all neighbors routes", bgpRoutes("adj-rib-in-post")],
];

const OWN = NXOS_COMMANDS.map((command): readonly [string, Read] => [
  command,
  (answer, device) => modelOf(NXOS.read(command, answer, { skewMs: 0 }), device),
]);

/**
 * A saved answer as our model. It may be a whole envelope, JSON-RPC or `ins_api`, with one command or several; the body alone; or
 * the text alone. Without the time of asking, ages are left out.
 *
 * The readers throw SourceError: `malformed` for what cannot be read, `refused` for the switch's own errors.
 */
export const NXAPI_COMMANDS: ReadonlyMap<string, (text: string, device: string) => unknown> = new Map(
  [...OWN, ...MORE].map(([command, read]) => [command, (text, device) => fromSaved(read, text, device)] as const),
);

/** The first answer that the command's reader takes: a saved batch holds answers to other commands as well. */
function fromSaved(read: Read, text: string, device: string): unknown {
  let refusal: SourceError | undefined;
  for (const outcome of outcomesIn(text, device)) {
    if (!outcome.ok) {
      refusal ??= new SourceError("refused", device, outcome.text || "an error without a text");
      continue;
    }
    try {
      return reading(device, () => read(outcome.answer, device));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      refusal = refusal?.reason === "refused" ? refusal : (refusal ?? error);
    }
  }
  throw refusal ?? new SourceError("malformed", device, "an answer with nothing in it");
}

const Enveloped = z.union([z.object({ jsonrpc: z.string() }), z.array(z.object({ jsonrpc: z.string() })).min(1)]);

function outcomesIn(text: string, device: string): readonly Outcome[] {
  if (text.trim() === "") return [];
  if (/^\s*<(\?xml|ins_api|!doctype|html)/i.test(text.slice(0, 200))) {
    const why =
      /<clierror>([\s\S]{1,200}?)</.exec(text)?.[1] ??
      /<msg>([^<]{1,200})</.exec(text)?.[1] ??
      /<title>([^<]{1,200})</.exec(text)?.[1];
    throw new SourceError(
      "malformed",
      device,
      `XML or a web page, where JSON is asked for${why ? `: ${wordsOf(why, 200)}` : ""}`,
    );
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [{ ok: true, answer: { output: text } }];
  }
  const ins = typeof parsed === "object" && parsed !== null && "ins_api" in parsed;
  if (!ins && !Enveloped.safeParse(parsed).success) return [{ ok: true, answer: parsed }];
  const count = ins ? countOf(parsed) : [parsed].flat().length;
  try {
    return reading(device, () => parseAnswers(ins ? "ins_api" : "json-rpc", parsed, count));
  } catch (cause) {
    if (cause instanceof NxapiRequestError) throw new SourceError("refused", device, cause.message, { cause });
    throw cause;
  }
}

const Counted = z.object({ ins_api: z.object({ outputs: z.object({ output: z.unknown() }) }) });

function countOf(answer: unknown): number {
  const counted = Counted.safeParse(answer);
  return counted.success ? [counted.data.ins_api.outputs.output].flat().length : 0;
}
