import { z } from "zod";
import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import { familyOf } from "./family-name.ts";
import { isObject, jsonAnswer, membersOf, parseAt, refusal } from "./json-answer.ts";
import { parseStateWords, type StateWords } from "./state-words.ts";

/** One line of the summary: a neighbor in one address family. */
export interface SummaryRow {
  readonly vrf: string;
  /** FRR's key: the address, or the port's name for an unnumbered neighbor. */
  readonly key: string;
  readonly family: AddressFamily;
  readonly words: StateWords;
  /** `OK`, `Admin`, `PfxCt`, `Passive`, `NSF passive`, `Policy`, ... */
  readonly peerState?: string;
  readonly unnumbered: boolean;
  readonly peerAs?: number;
  readonly localAs?: number;
  readonly description?: string;
  readonly established?: number;
  readonly dropped?: number;
  /** Since it came up, or since the last reset when it is down; absent when it never was up. */
  readonly uptimeMs?: number;
  /** After inbound policy. */
  readonly accepted?: number;
  readonly advertised?: number;
}

export interface Summary {
  /** `off`: FRR runs, and no BGP instance is configured. Absent where the answer cannot tell. */
  readonly bgp?: "on" | "off";
  readonly routerId?: string;
  readonly asn?: number;
  readonly rows: readonly SummaryRow[];
}

export const Count = z.number().nonnegative();
export const Asn = z.unknown().transform((value, context) => {
  const asn = parseAsn(value);
  if (asn === undefined) context.addIssue({ code: "custom", message: "not an AS number" });
  return asn === 0 ? undefined : asn; // FRR prints 0 for a neighbor whose AS is "external" and not yet known
});
const Words = z.string().transform((words, context): StateWords => {
  const told = parseStateWords(words);
  if (told) return told;
  context.addIssue({ code: "custom", message: `not a state of FRR: ${JSON.stringify(words.slice(0, 60))}` });
  return z.NEVER;
});

const Row = z.object({
  state: Words,
  peerState: z.string().max(200).optional(),
  remoteAs: Asn.optional(),
  localAs: Asn.optional(),
  desc: z.string().optional(),
  idType: z.string().optional(),
  connectionsEstablished: Count.optional(),
  connectionsDropped: Count.optional(),
  peerUptimeMsec: Count.optional(),
  pfxRcd: Count.optional(),
  prefixReceivedCount: Count.optional(), // before FRR 7
  pfxSnt: Count.optional(),
});

const Instance = z.object({ routerId: z.string().max(64).optional(), as: Asn.optional() });

/** `show bgp vrf all summary json`: VRF, then family. With a family `asked`, FRR 8 leaves the second step out. */
export function parseVrfSummary(text: string, asked?: AddressFamily): Summary {
  const vrfs = membersOf(jsonAnswer(text));
  refuseWarning(vrfs);
  const read = vrfs.map(([vrf, answer]) => readInstance(vrf, answer, [vrf], asked));
  return { bgp: vrfs.length > 0 ? "on" : "off", ...read.find((one) => one.vrf === "default")?.of, rows: rowsOf(read) };
}

/** `show bgp summary json`: the default VRF alone. `{}` may say that BGP is off, or that it has no neighbor. */
export function parseSummary(text: string, asked?: AddressFamily): Summary {
  const answer = jsonAnswer(text);
  const members = membersOf(answer);
  refuseWarning(members);
  const read = readInstance("default", answer, [], asked);
  return { ...(members.length > 0 && { bgp: "on" as const }), ...read.of, rows: read.rows };
}

interface ReadInstance {
  readonly vrf: string;
  readonly of: { routerId?: string; asn?: number };
  readonly rows: SummaryRow[];
}

function readInstance(vrf: string, answer: unknown, path: string[], asked: AddressFamily | undefined): ReadInstance {
  const bare = asked !== undefined && isObject(answer) && Object.hasOwn(answer, "peers");
  const families: [string, unknown][] = bare ? [[asked, answer]] : membersOf(answer, ...path);
  const rows: SummaryRow[] = [];
  let of: ReadInstance["of"] = {};
  for (const [name, told] of families) {
    const at = bare ? path : [...path, name];
    if (!isObject(told)) throw refusal("expected the summary of an address family", at);
    if (!Object.hasOwn(told, "peers")) {
      if (Object.keys(told).length === 0) continue;
      throw refusal("a summary without peers", at);
    }
    const instance = parseAt(Instance, told, ...at);
    of = {
      ...(instance.routerId !== undefined && instance.routerId !== "0.0.0.0" && { routerId: instance.routerId }),
      ...(instance.as !== undefined && { asn: instance.as }),
    };
    for (const [key, row] of membersOf(told.peers, ...at, "peers")) {
      rows.push(rowOf(vrf, key, bare ? asked : familyOf(name), parseAt(Row, row, ...at, "peers", key)));
    }
  }
  return { vrf, of, rows };
}

function rowOf(vrf: string, key: string, family: AddressFamily, row: z.infer<typeof Row>): SummaryRow {
  const accepted = row.pfxRcd ?? row.prefixReceivedCount;
  return {
    vrf,
    key,
    family,
    words: row.state,
    unnumbered: row.idType === "interface",
    ...(row.peerState !== undefined && { peerState: row.peerState }),
    ...(row.remoteAs !== undefined && { peerAs: row.remoteAs }),
    ...(row.localAs !== undefined && { localAs: row.localAs }),
    ...(row.desc !== undefined && { description: row.desc }),
    ...(row.connectionsEstablished !== undefined && { established: row.connectionsEstablished }),
    ...(row.connectionsDropped !== undefined && { dropped: row.connectionsDropped }),
    ...(row.peerUptimeMsec !== undefined && wasUp(row) && { uptimeMs: row.peerUptimeMsec }),
    ...(accepted !== undefined && { accepted }),
    ...(row.pfxSnt !== undefined && { advertised: row.pfxSnt }),
  };
}

/** `peerUptimeMsec` is 0 for "never", and for a session that came up in this very second. */
function wasUp(row: z.infer<typeof Row>): boolean {
  return (row.peerUptimeMsec ?? 0) > 0 || (row.connectionsEstablished ?? 0) > 0;
}

function rowsOf(read: readonly ReadInstance[]): SummaryRow[] {
  return read.flatMap(({ rows }) => rows);
}

/** `{"warning": ...}` stands where the VRFs should. */
export function refuseWarning(members: readonly [string, unknown][]): void {
  const warning = members.find(([key]) => key === "warning")?.[1];
  if (typeof warning === "string") throw new SyntaxError(`FRR warns: ${JSON.stringify(warning.slice(0, 200))}`);
}
