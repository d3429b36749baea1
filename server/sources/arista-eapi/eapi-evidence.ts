import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Evidence } from "../../../lib/fabric/observation.ts";
import type { EapiCommand } from "./eapi-commands.ts";
import { longInterfaceName } from "./eos-scalars.ts";
import { peerKey } from "./peer.ts";

const MAX_BYTES = 64 * 1024;

export interface RawAnswer {
  readonly command: EapiCommand;
  readonly observedAt: number;
  readonly answer: unknown;
}

/**
 * What of the last answers tells of `neighbor`, or all of them, newest first: pretty-printed, cut at 64 KiB. Nothing
 * that we ask holds a key or password; should a release add one, its value is masked.
 */
export function evidenceOf(
  source: string,
  device: string,
  answers: Iterable<RawAnswer>,
  neighbor?: Neighbor,
): Evidence[] {
  return [...answers]
    .sort((a, b) => b.observedAt - a.observedAt)
    .flatMap(({ command, observedAt, answer }) => {
      const told = neighbor ? partOf(answer, neighbor) : answer;
      if (told === undefined) return [];
      return [{ source, device, command, observedAt, ...cut(printed(told)) }];
    });
}

/** The peer's own object in a summary, in a list of neighbors or of BFD, or its port's in a list of interfaces. */
function partOf(answer: unknown, neighbor: Neighbor): unknown {
  const output = field(answer, "output");
  if (typeof output === "string") {
    return output.split(/^(?=BGP neighbor is )/m).find((block) => {
      const told = /^BGP neighbor is ([^\s,]+)/.exec(block)?.[1];
      return told !== undefined && isPeer(neighbor, told) && block.includes(`VRF ${neighbor.vrf}\n`);
    });
  }
  const vrf = field(field(answer, "vrfs"), neighbor.vrf);
  const list = field(vrf, "peerList");
  if (Array.isArray(list)) return list.find((peer) => isPeer(neighbor, field(peer, "peerAddress")));
  const keyed = ["peers", "ipv4Neighbors", "ipv6Neighbors"].flatMap((name) => entries(field(vrf, name)));
  const entry = keyed.find(([key]) => isPeer(neighbor, key));
  if (entry) return { [entry[0]]: entry[1] };
  if (neighbor.interface === undefined) return undefined;
  for (const name of ["interfaces", "lldpNeighbors"]) {
    const port = field(field(answer, name), longInterfaceName(neighbor.interface));
    if (port !== undefined) return { [neighbor.interface]: port };
  }
  return undefined;
}

function isPeer(neighbor: Neighbor, told: unknown): boolean {
  if (typeof told !== "string") return false;
  const { address, name } = peerKey(neighbor.vrf, told);
  return address === undefined ? name === neighbor.name : address === neighbor.neighborAddress;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function printed(told: unknown): string {
  if (typeof told === "string") return told;
  const output = field(told, "output");
  if (typeof output === "string") return output;
  return JSON.stringify(
    told,
    (key, value: unknown) => (SECRET.test(key) && typeof value === "string" && value !== "" ? "***" : value),
    2,
  );
}

const SECRET = /password|passwd|secret|shared.?key|md5.?key|auth.?key/i;

function cut(text: string): { text: string; cutChars?: number } {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= MAX_BYTES) return { text };
  const kept = bytes
    .subarray(0, MAX_BYTES)
    .toString("utf8")
    .replace(/\uFFFD$/, "");
  return { text: kept, cutChars: text.length - kept.length };
}
