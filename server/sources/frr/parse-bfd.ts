import { z } from "zod";
import type { Bfd } from "../../../lib/fabric/neighbor.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { deviceText, MAX_WORDS } from "./device-text.ts";
import { secondBefore } from "./instants.ts";
import { jsonAnswer, parseAt, refusal } from "./json-answer.ts";

/** A BFD session as bfdd tells it. */
export interface BfdPeer {
  readonly vrf: string;
  /** Canonical. */
  readonly peerAddress: string;
  readonly localAddress?: string;
  readonly interface?: string;
  readonly bfd: Bfd;
  readonly raw: unknown;
}

/** bfdd's words, and bgpd's where they differ (`AdminDown`). */
const STATE: ReadonlyMap<string, Bfd["state"]> = new Map([
  ["up", "up"],
  ["down", "down"],
  ["init", "init"],
  ["shutdown", "admin-down"],
  ["admindown", "admin-down"],
  ["unknown", "unknown"],
]);

const Address = z.string().transform((text, context) => {
  const canonical = canonicalAddress(text);
  if (canonical !== undefined) return canonical;
  context.addIssue({ code: "custom", message: "not an IP address" });
  return z.NEVER;
});
const Count = z.number().nonnegative();

const Row = z.object({
  peer: Address,
  local: Address.optional(),
  vrf: z.string().max(200).optional(),
  interface: z.string().max(200).optional(),
  status: z.string().max(40).optional(),
  uptime: Count.optional(), // s
  downtime: Count.optional(), // s
  diagnostic: z.string().max(1000).optional(),
  "transmit-interval": Count.optional(), // ms, configured here
  "detect-multiplier": Count.optional(),
});

/** `show bfd peers json`. Without `observedAt` no instants: the answer holds none, only how long ago. */
export function parseBfdPeers(text: string, observedAt?: number): BfdPeer[] {
  const rows = jsonAnswer(text);
  if (!Array.isArray(rows)) throw refusal("expected a list of BFD peers", []);
  return rows.map((raw: unknown, index): BfdPeer => {
    const row = parseAt(Row, raw, index);
    const state = bfdStateOf(row.status ?? "");
    if (!state) throw refusal(`not a BFD state: ${JSON.stringify(row.status ?? null)}`, [index, "status"]);
    const agoSec = row.uptime ?? row.downtime;
    return {
      vrf: row.vrf ?? "default",
      peerAddress: row.peer,
      ...(row.local !== undefined && { localAddress: row.local }),
      ...(row.interface !== undefined && { interface: deviceText(row.interface, MAX_WORDS) }),
      bfd: {
        state,
        ...(observedAt !== undefined && agoSec !== undefined && { since: secondBefore(observedAt, agoSec * 1000) }),
        ...(row["transmit-interval"] !== undefined && { intervalMs: row["transmit-interval"] }),
        ...(row["detect-multiplier"] !== undefined && { multiplier: row["detect-multiplier"] }),
        ...(row.diagnostic !== undefined &&
          row.diagnostic !== "ok" && { diagnostic: deviceText(row.diagnostic, MAX_WORDS) }),
      },
      raw,
    };
  });
}

/** The state for the word of bfdd (`status`), or of bgpd (`peerBfdInfo.status`). */
export function bfdStateOf(word: string): Bfd["state"] | undefined {
  return STATE.get(word.toLowerCase());
}
