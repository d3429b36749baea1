import { z } from "zod";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { reading, SourceError } from "../source-error.ts";
import { EapiRequestError, outcomeOf, textIn } from "./eapi-answer.ts";
import type { EapiCommand } from "./eapi-commands.ts";
import { mergeNeighbors } from "./merge-neighbors.ts";
import { parseBfd } from "./parse-bfd.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseLldp } from "./parse-lldp.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseNeighborsText } from "./parse-neighbors-text.ts";
import { joinSummaries, parseSummary } from "./parse-summary.ts";
import { parseSummaryText } from "./parse-summary-text.ts";
import { parseHostname, parseHostnameText, parseVersion, parseVersionText } from "./parse-version.ts";
import type { DetailPeer, Summary } from "./peer.ts";

type Reader = (answer: unknown, text: string | undefined, device: string) => unknown;

const summary =
  (family: "ipv4-unicast" | "ipv6-unicast" | undefined): Reader =>
  (answer, text, device) =>
    fromSummary(device, text === undefined ? parseSummary(answer, family) : parseSummaryText(text, family));
const neighbors: Reader = (answer, text, device) =>
  fromDetails(device, text === undefined ? parseNeighbors(answer) : parseNeighborsText(text));
const bfd: Reader = (answer) => parseBfd(answer);
const interfaces: Reader = (answer) => parseInterfaces(answer);
const lldp: Reader = (answer) => Object.fromEntries(parseLldp(answer));

const READERS: Readonly<Record<EapiCommand, Reader>> = {
  "show version": (answer, text) => {
    const { clockAt, ...facts } = text === undefined ? parseVersion(answer) : parseVersionText(text);
    return { system: "Arista EOS", ...facts };
  },
  "show hostname": (answer, text) => ({
    hostname: text === undefined ? parseHostname(answer) : parseHostnameText(text),
  }),
  "show bgp summary vrf all": summary(undefined),
  "show ip bgp summary vrf all": summary("ipv4-unicast"),
  "show ipv6 bgp summary vrf all": summary("ipv6-unicast"),
  "show bgp neighbors vrf all": neighbors,
  "show ip bgp neighbors vrf all": neighbors,
  "show ipv6 bgp peers vrf all": neighbors,
  "show bfd peers": bfd,
  "show bfd peers detail": bfd,
  "show interfaces": interfaces,
  "show ip interface": interfaces,
  "show ip interface brief": interfaces,
  "show lldp neighbors": lldp,
  "show lldp neighbors detail": lldp,
};

/**
 * A saved answer as our model. It may be a whole JSON-RPC envelope, one element of its `result`, a list of such
 * elements, `{"output": text}`, or the text alone. Without the time of asking, ages are left out.
 *
 * The readers throw SourceError: `malformed` for what cannot be read, `refused` for the switch's own errors.
 */
export const EAPI_COMMANDS: ReadonlyMap<string, (text: string, device: string) => unknown> = new Map(
  Object.entries(READERS).map(([command, reader]) => [command, (text, device) => read(reader, text, device)] as const),
);

/** The first element that the command's reader takes: a saved batch holds answers to other commands as well. */
function read(reader: Reader, text: string, device: string): unknown {
  const { elements, failure } = elementsOf(text);
  let refusal: unknown;
  for (const element of elements) {
    const outcome = outcomeOf(element, 0, "");
    if (!outcome.ok) {
      refusal ??= new SourceError("refused", device, outcome.text || "an error without a text");
      continue;
    }
    try {
      return reading(device, () => reader(outcome.answer, textIn(outcome.answer), device));
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

function fromSummary(device: string, told: Summary): Neighbor[] {
  const { peers, speakers } = joinSummaries([told]);
  return mergeNeighbors(device, { summary: peers, speakers, details: [], bfd: [] });
}

function fromDetails(device: string, details: readonly DetailPeer[]): Neighbor[] {
  const stateless = details.find((peer) => peer.state === undefined);
  if (stateless) throw new SyntaxError(`${stateless.vrf} ${stateless.key}: no state told`);
  return mergeNeighbors(device, { summary: [], speakers: new Map(), details, bfd: [] });
}
