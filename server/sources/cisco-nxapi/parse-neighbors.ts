import { z } from "zod";
import type { FamilyState, GracefulRestart, LastError } from "../../../lib/fabric/neighbor.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { lastError, type ToldError } from "../switch/last-error.ts";
import type { DetailPeer } from "../switch/peer.ts";
import { asn, flag, keyText, toldAddress, toldAsn } from "../switch/scalars.ts";
import { familyOf } from "./nxos-family.ts";
import { peerKey, stateOf } from "./nxos-peer.ts";
import { neededRows, type Row, rowAs, rowsOf } from "./nxos-rows.ts";
import { instantOf, maybeCount, parseDuration, text } from "./nxos-scalars.ts";

const maybe = flag.optional();

const Peer = z.object({
  neighbor: keyText,
  vrf: keyText.default("default"),
  remoteas: asn.optional(),
  localas: asn.optional(),
  description: text.optional(),
  desc: text.optional(),
  "remote-id": z.string().optional(),
  state: z.string(),
  elapsedtime: text.optional(),
  connectedif: keyText.optional(),
  localaddr: z.string().optional(),
  holdtime: maybeCount,
  keepalivetime: maybeCount,
  connsdropped: maybeCount,
  resetreason: text.optional(),
  resettime: text.optional(),
  rstmajsnt: maybeCount,
  rstminsnt: maybeCount,
  peerresetreason: text.optional(),
  peerresettime: text.optional(),
  rstmajrcvd: maybeCount,
  rstminrcvd: maybeCount,
  capgradvertised: maybe,
  capgrrecvd: maybe,
  grrecvdrestarttime: maybeCount,
});
type Peer = z.infer<typeof Peer>;

const Capability = z.object({ "af-name": z.string(), "af-advertised": maybe, "af-recvd": maybe });
const Counts = z.object({
  "per-af-name": z.string(),
  pfxrecvd: maybeCount,
  pfxsent: maybeCount,
  /** Believed: no capture holds a limit. */
  maxpfxpeer: maybeCount,
  maxpfxthresh: maybeCount,
});

/**
 * `show bgp all neighbors vrf all`. Countdowns and message counters are left out: a peer at which nothing happens reads the
 * same every time.
 *
 * @param observedAt epoch ms; without it ages cannot become instants, and are left out.
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseNeighbors(answer: unknown, observedAt?: number): DetailPeer[] {
  return neededRows(answer, "neighbor").map((row) => detailPeer(rowAs(Peer, row, "TABLE_neighbor"), row, observedAt));
}

function detailPeer(peer: Peer, row: Row, observedAt: number | undefined): DetailPeer {
  const told = stateOf(peer.state);
  const up = told.state === "established";
  const error = errorOf(peer, observedAt);
  const restart = gracefulRestart(peer, up);
  const peerAs = toldAsn(peer.remoteas);
  const localAs = toldAsn(peer.localas);
  const peerRouterId = toldAddress(peer["remote-id"]);
  const localAddress = toldAddress(canonicalAddress(peer.localaddr ?? ""));
  const since = instantOf(peer.elapsedtime, observedAt);
  const description = peer.description ?? peer.desc;
  return {
    ...peerKey(peer.vrf, peer.neighbor, peer.connectedif),
    ...told,
    ...(since !== undefined && { since }),
    ...(peerAs !== undefined && { peerAs }),
    ...(localAs !== undefined && { localAs }),
    ...(peerRouterId && { peerRouterId }),
    ...(localAddress && { localAddress }),
    ...(description && { description }),
    ...(peer.connsdropped !== undefined && { flaps: peer.connsdropped }),
    ...(error && { lastError: error }),
    families: familiesOf(row, up),
    // Without a session NX-OS prints here what is configured.
    timers: up
      ? {
          ...(peer.holdtime !== undefined && { holdSec: peer.holdtime }),
          ...(peer.keepalivetime !== undefined && { keepaliveSec: peer.keepalivetime }),
        }
      : {
          ...(peer.holdtime && { configuredHoldSec: peer.holdtime }),
          ...(peer.keepalivetime && { configuredKeepaliveSec: peer.keepalivetime }),
        },
    ...(restart && { gracefulRestart: restart }),
  };
}

/** NX-OS keeps the last reset by either side, as a reason and, where there was one, as NOTIFICATION code and subcode. */
function errorOf(peer: Peer, observedAt: number | undefined): LastError | undefined {
  const told: ToldError[] = [];
  const add = (direction: ToldError["direction"], reason: string | undefined, age: string | undefined) => {
    const agoSec = parseDuration(age)?.seconds;
    if (reason && !/^no error$/i.test(reason)) {
      told.push({ direction, text: reason, ...(agoSec !== undefined && { agoSec }) });
    }
  };
  add(peer.rstmajsnt ? "sent" : "local", peer.resetreason, peer.resettime);
  add("received", peer.peerresetreason, peer.peerresettime);
  const error = lastError(told, observedAt);
  if (!error) return undefined;
  const [code, subcode] =
    error.direction === "received" ? [peer.rstmajrcvd, peer.rstminrcvd] : [peer.rstmajsnt, peer.rstminsnt];
  return code ? { ...error, notification: { code, subcode: subcode ?? 0 } } : error;
}

function familiesOf(row: Row, up: boolean): FamilyState[] {
  const families = new Map<FamilyState["family"], FamilyState>();
  for (const each of rowsOf(row, "af").flatMap((af) => rowsOf(af, "saf"))) {
    const { "af-name": name, "af-advertised": ours, "af-recvd": theirs } = rowAs(Capability, each, "TABLE_af");
    const family = familyOf(name);
    families.set(family, { family, ...(up && ours && theirs !== undefined && { negotiated: theirs }) });
  }
  for (const each of rowsOf(row, "peraf").flatMap((af) => rowsOf(af, "persaf"))) {
    const told = rowAs(Counts, each, "TABLE_peraf");
    const family = familyOf(told["per-af-name"]);
    const { maxpfxpeer: max, maxpfxthresh: warnAtPercent } = told;
    families.set(family, {
      ...(families.get(family) ?? { family }),
      ...(up && told.pfxrecvd !== undefined && { accepted: told.pfxrecvd }),
      ...(up && told.pfxsent !== undefined && { advertised: told.pfxsent }),
      ...(max && { limit: { max, ...(warnAtPercent && { warnAtPercent }) } }),
    });
  }
  return [...families.values()];
}

function gracefulRestart(peer: Peer, up: boolean): GracefulRestart | undefined {
  if (peer.capgradvertised === undefined && peer.capgrrecvd === undefined) return undefined;
  return {
    ...(peer.capgradvertised !== undefined && { local: peer.capgradvertised ? "restart" : "off" }),
    ...(up && peer.capgrrecvd !== undefined && { peer: peer.capgrrecvd ? "restart" : "off" }),
    ...(up && peer.capgrrecvd && peer.grrecvdrestarttime !== undefined && { restartSec: peer.grrecvdrestarttime }),
  };
}
