import { z } from "zod";
import type { Bfd } from "../../../lib/fabric/neighbor.ts";
import type { BfdPeer } from "../switch/peer.ts";
import { keyText, toldAddress } from "../switch/scalars.ts";
import { objectIn, rowAs, rowsOf } from "./nxos-rows.ts";
import { instantOf, longInterfaceName, maybeCount, text } from "./nxos-scalars.ts";

const Neighbor = z.object({
  vrf_name: keyText.default("default"),
  dest_ip_addr: text.optional(),
  dest_ipv6_addr: text.optional(),
  local_state: text.optional(),
  intf: text.optional(),
  up_time: text.optional(),
  down_reason: text.optional(),
  local_tx_interval: maybeCount,
  detect_mult: maybeCount,
});

/**
 * `show bfd neighbors [details]`. No capture holds its JSON: the keys are those that SuzieQ reads.
 *
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseBfd(answer: unknown, observedAt?: number): BfdPeer[] {
  return rowsOf(objectIn(answer), "bfdNeighbor").flatMap((row) => {
    const told = rowAs(Neighbor, row, "TABLE_bfdNeighbor");
    const address = toldAddress(told.dest_ip_addr) ?? toldAddress(told.dest_ipv6_addr);
    if (!address) return [];
    const state = stateOf(told.local_state);
    const since = state === "up" ? instantOf(told.up_time, observedAt) : undefined;
    const reason = told.down_reason && !/^(none|no diagnostic)$/i.test(told.down_reason) ? told.down_reason : undefined;
    return [
      {
        vrf: told.vrf_name,
        address,
        ...(told.intf && { interface: longInterfaceName(told.intf) }),
        bfd: {
          state,
          ...(since !== undefined && { since }),
          ...(told.local_tx_interval && { intervalMs: told.local_tx_interval / 1000 }),
          ...(told.detect_mult && { multiplier: told.detect_mult }),
          ...(reason && { diagnostic: reason }),
        },
      },
    ];
  });
}

const ROW = /^\*?(\S+)\s+(\S+)\s+\d+\/\d+\s+\S+\s+\S+\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+\S+)?\s*$/;

/** The same as text. @throws SyntaxError when its heading is missing. */
export function parseBfdText(told: string, observedAt?: number): BfdPeer[] {
  if (!/^OurAddr\s+NeighAddr/m.test(told)) throw new SyntaxError('no line "OurAddr  NeighAddr ..." in it');
  const lines = told.split(/\r?\n/);
  return lines.flatMap((line, i) => {
    const [, , to, word, port = "", vrf = ""] = ROW.exec(line) ?? [];
    const address = to === undefined ? undefined : toldAddress(to);
    if (!address) return [];
    // Details follow their row up to the next heading.
    const end = lines.findIndex((other, j) => j > i && /^OurAddr\s/.test(other));
    const block = lines.slice(i, end < 0 ? undefined : end).join("\n");
    const state = stateOf(word);
    const [, txMicroSec, multiplier] = /^MinTxInt: (\d+) us,.*Multiplier: (\d+)/m.exec(block) ?? [];
    const [, days, hours, minutes, seconds] =
      /^Uptime: (\d+) days? (\d+) hrs? (\d+) mins? (\d+) secs?/m.exec(block) ?? [];
    const up = days === undefined ? undefined : `P${days}DT${hours}H${minutes}M${seconds}S`;
    const since = state === "up" ? instantOf(up, observedAt) : undefined;
    return [
      {
        vrf,
        address,
        interface: longInterfaceName(port),
        bfd: {
          state,
          ...(since !== undefined && { since }),
          ...(txMicroSec !== undefined && { intervalMs: Number(txMicroSec) / 1000 }),
          ...(multiplier !== undefined && { multiplier: Number(multiplier) }),
        },
      },
    ];
  });
}

const STATES: Readonly<Record<string, Bfd["state"]>> = {
  up: "up",
  down: "down",
  init: "init",
  admindown: "admin-down",
};

function stateOf(word: string | undefined): Bfd["state"] {
  return STATES[(word ?? "").toLowerCase().replaceAll(/[^a-z]/g, "")] ?? "unknown";
}
