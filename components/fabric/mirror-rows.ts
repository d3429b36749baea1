import { ADDRESS_FAMILY_NAME, type AddressFamily } from "../../lib/bgp/address-family.ts";
import { notificationName } from "../../lib/bgp/notification.ts";
import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import type { FamilyState, LastError, Neighbor } from "../../lib/fabric/neighbor.ts";
import type { End, Session } from "../../lib/fabric/session.ts";
import { endSays } from "../../lib/fabric/status.ts";
import { countText } from "../ui/count.ts";
import { instantText, spanText } from "../ui/format-time.ts";

/** One fact, told by both ends. Absent: that end does not tell it. */
export interface MirrorRow {
  readonly name: string;
  readonly near?: string;
  readonly far?: string;
  /** The two differ where they ought to agree. */
  readonly differs?: true;
  readonly mono?: true;
}

type Pair = readonly [near: string | undefined, far: string | undefined];

/** What the two ends say, side by side; what neither tells is left out, but for what one always wants to know. */
export function mirrorRows(session: Session, now: number): readonly MirrorRow[] {
  const { near, far } = session;
  const of = (read: (neighbor: Neighbor) => string | undefined): Pair => [
    near.neighbor && read(near.neighbor),
    far.neighbor && read(far.neighbor),
  ];
  const rows: MirrorRow[] = [
    row("says", of(says), disagree(near, far)),
    row(
      "last error",
      of(({ lastError }) => lastError && errorWords(lastError, now)),
    ),
    row(
      "since",
      of(({ since }) => (since === undefined ? undefined : `${instantText(since, now)}, ${spanText(now - since)}`)),
    ),
    row("address", [near.address, far.address], false, true),
    row(
      "port",
      of((neighbor) => neighbor.interface),
    ),
    row("AS", [asText(near.asn), asText(far.asn)], false, true),
    row(
      "expects AS",
      of(({ peerAs }) => asText(peerAs)),
      misplaced(near, far) || misplaced(far, near),
      true,
    ),
    row(
      "router id",
      of(({ localRouterId }) => localRouterId),
      false,
      true,
    ),
    row(
      "password",
      of(({ password }) => password),
      unlike(near.neighbor?.password, far.neighbor?.password),
    ),
    row(
      "hold, own / agreed",
      of(({ timers }) => ofTwo(timers.configuredHoldSec, timers.holdSec)),
      unlike(near.neighbor?.timers.holdSec, far.neighbor?.timers.holdSec),
    ),
    row(
      "keepalive",
      of(({ timers }) => seconds(timers.keepaliveSec ?? timers.configuredKeepaliveSec)),
    ),
    row(
      "connect retry",
      of(({ timers }) => seconds(timers.connectRetrySec)),
    ),
    row("graceful restart", of(gracefulWords)),
    row(
      "BFD",
      of(
        ({ bfd }) =>
          bfd &&
          [bfd.state, bfd.intervalMs && `${bfd.intervalMs} ms × ${bfd.multiplier ?? "?"}`].filter(Boolean).join(", "),
      ),
      unlike(near.neighbor?.bfd?.state, far.neighbor?.bfd?.state),
    ),
    ...familyRows(near.neighbor, far.neighbor),
    row(
      "lost so far",
      of(({ flaps }) => (flaps === undefined ? undefined : flaps === 1 ? "once" : `${countText(flaps)} times`)),
    ),
  ];
  const always = new Set(["says", "last error", "since", "address", "AS", "password"]);
  return rows.filter(({ name, near: a, far: b }) => always.has(name) || a !== undefined || b !== undefined);
}

function row(name: string, [near, far]: Pair, differs = false, mono = false): MirrorRow {
  return {
    name,
    ...(near !== undefined && { near }),
    ...(far !== undefined && { far }),
    ...(differs && { differs: true }),
    ...(mono && { mono: true }),
  };
}

function says({ state, rawState, heldDown, timers }: Neighbor): string {
  const word = rawState ?? SESSION_STATE_NAME[state];
  if (heldDown?.by === "admin") return `${word}, shut by an operator${heldDown.text ? `: “${heldDown.text}”` : ""}`;
  if (heldDown) return `${word}, held down: ${heldDown.by.replaceAll("-", " ")}`;
  const retries = state === "connect" || state === "active";
  return retries && timers.connectRetrySec !== undefined ? `${word}, retrying every ${timers.connectRetrySec} s` : word;
}

/** One holds it up and the other does not, and both may be believed. */
function disagree(near: End, far: End): boolean {
  const both = [endSays(near), endSays(far)];
  return both.includes("up") && (both.includes("down") || both.includes("admin-down"));
}

/** With the names of RFC 4271 and 4486 where the device gave a code, else in its own words. */
export function errorWords({ direction, notification, text, communication, at }: LastError, now: number): string {
  const what = notification ? notificationName(notification) : text;
  const said = communication ? ` “${communication}”` : "";
  const when = at === undefined ? "" : `, ${instantText(at, now)}`;
  return `${direction === "local" ? "itself" : direction}: ${what}${said}${when}`;
}

/** Does `self` expect another AS than the other end has? */
function misplaced(self: End, other: End): boolean {
  return unlike(self.neighbor?.peerAs, other.neighbor?.localAs ?? other.asn);
}

/** Both are told, and are not the same. */
function unlike(a: string | number | undefined, b: string | number | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function asText(asn: number | undefined): string | undefined {
  return asn === undefined ? undefined : String(asn);
}

function seconds(sec: number | undefined): string | undefined {
  return sec === undefined ? undefined : `${sec} s`;
}

function ofTwo(own: number | undefined, agreed: number | undefined): string | undefined {
  if (own === undefined && agreed === undefined) return undefined;
  return `${seconds(own) ?? "not told"} / ${seconds(agreed) ?? "none now"}`;
}

function gracefulWords({ gracefulRestart: graceful }: Neighbor): string | undefined {
  if (!graceful) return undefined;
  const own = graceful.local ?? "not told";
  return [own, seconds(graceful.restartSec), graceful.keepingStale && "keeping the peer's routes now"]
    .filter(Boolean)
    .join(", ");
}

function familyRows(near: Neighbor | undefined, far: Neighbor | undefined): readonly MirrorRow[] {
  const names = new Set([...(near?.families ?? []), ...(far?.families ?? [])].map(({ family }) => family));
  return [...names].map((family) => {
    const [a, b] = [near, far].map((neighbor) => neighbor?.families.find((one) => one.family === family));
    const lacks =
      (a?.negotiated === true && b?.negotiated === false) || (a?.negotiated === false && b?.negotiated === true);
    return row(familyName(family), [a && familyWords(a), b && familyWords(b)], lacks);
  });
}

function familyName(family: AddressFamily): string {
  return `${ADDRESS_FAMILY_NAME[family]} prefixes`;
}

function familyWords({ received, accepted, best, advertised, limit, negotiated }: FamilyState): string | undefined {
  const parts = [
    received !== undefined && `${countText(received)} in`,
    accepted !== undefined && `${countText(accepted)} accepted`,
    best !== undefined && `${countText(best)} best`,
    advertised !== undefined && `${countText(advertised)} out`,
    limit && `limit ${countText(limit.max)}`,
    negotiated === false && "not agreed",
  ].filter((part) => part !== false && part !== undefined);
  return parts.length > 0 ? parts.join(", ") : undefined;
}
