import { z } from "zod";
import type { Bfd } from "../../../lib/fabric/neighbor.ts";
import { eachEntry, fewNamed, keyed } from "../switch/each-entry.ts";
import { type BfdPeer, withoutZone } from "../switch/peer.ts";
import { count, freeText, seconds, toldAddress } from "../switch/scalars.ts";
import { instant, longInterfaceName } from "./eos-scalars.ts";

const STATE: Readonly<Record<string, Bfd["state"]>> = {
  up: "up",
  down: "down",
  init: "init",
  admindown: "admin-down",
};

const status = z.string().transform((word, context) => {
  const state = STATE[word.toLowerCase().replaceAll(/[^a-z]/g, "")];
  if (state) return state;
  context.addIssue(`${JSON.stringify(word.slice(0, 40))} is no BFD state that we know`);
  return z.NEVER;
});

const Stats = z.object({
  status: status.optional(),
  lastUp: seconds.optional(),
  lastDown: seconds.optional(),
  lastDiag: freeText.optional(),
  l3intf: z.string().optional(),
  peerStatsDetail: z.object({ operTxInterval: count.optional(), detectMult: count.optional() }).optional(),
});

const Neighbor = z.object({ peerStats: fewNamed(Stats) });
const Vrf = z
  .object({ ipv4Neighbors: keyed.optional(), ipv6Neighbors: keyed.optional() })
  .refine((vrf) => vrf.ipv4Neighbors || vrf.ipv6Neighbors, "neither ipv4Neighbors nor ipv6Neighbors in it");
const Answer = z.object({ vrfs: keyed });

/** `show bfd peers` and `show bfd peers detail` (the latter adds timers). @throws ZodError for anything else. */
export function parseBfd(answer: unknown, skewMs = 0): BfdPeer[] {
  return eachEntry(Answer.parse(answer).vrfs, Vrf, ["vrfs"]).flatMap(([vrf, { ipv4Neighbors, ipv6Neighbors }]) =>
    [ipv4Neighbors, ipv6Neighbors].flatMap((neighbors) =>
      eachEntry(neighbors ?? {}, Neighbor, ["vrfs", vrf]).flatMap(([told, { peerStats }]) => {
        const address = toldAddress(told);
        if (!address) return [];
        const { bare, zone } = withoutZone(address);
        return Object.entries(peerStats).map(([port, stats]) =>
          bfdPeer(vrf, bare, port || stats.l3intf || zone, stats, skewMs),
        );
      }),
    ),
  );
}

function bfdPeer(
  vrf: string,
  address: string,
  port: string | undefined,
  stats: z.infer<typeof Stats>,
  skewMs: number,
): BfdPeer {
  const state = stats.status ?? "unknown";
  const since = instant(state === "up" ? stats.lastUp : state === "unknown" ? undefined : stats.lastDown, skewMs);
  const { operTxInterval: txMicroSec, detectMult: multiplier } = stats.peerStatsDetail ?? {};
  const diagnostic = stats.lastDiag && /^(diagNone|No Diagnostic)$/i.test(stats.lastDiag) ? undefined : stats.lastDiag;
  return {
    vrf,
    address,
    ...(port && { interface: longInterfaceName(port) }),
    bfd: {
      state,
      ...(since !== undefined && { since }),
      ...(txMicroSec && { intervalMs: txMicroSec / 1000 }),
      ...(multiplier && { multiplier }),
      ...(diagnostic && { diagnostic }),
    },
  };
}
