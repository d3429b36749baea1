import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import type { FamilyState, LastError, Neighbor } from "../../lib/fabric/neighbor.ts";
import type { End, Session } from "../../lib/fabric/session.ts";
import { countText } from "../ui/count.ts";
import { clockText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";

/** One fact told by both ends, side by side. Absent: that end does not tell it. */
export interface FactRow {
  readonly name: string;
  readonly near?: string;
  readonly far?: string;
  /** Both tell it, it ought to be the same, and it is not. */
  readonly differs?: boolean;
  readonly mono?: boolean;
}

/** What the two ends say, row by row; a row that neither end tells is left out. */
export function sessionFacts({ near, far }: Session): readonly FactRow[] {
  const rows: FactRow[] = [
    row("says", both(near, far, says)),
    row(
      "last error",
      both(near, far, ({ lastError }) => lastError && errorWords(lastError)),
    ),
    row(
      "since",
      both(near, far, ({ since }) => (since === undefined ? undefined : clockText(since))),
    ),
    { ...row("address", [near.address, far.address]), mono: true },
    row(
      "port",
      both(near, far, (end) => end.interface),
    ),
    { ...row("AS", [asText(near.asn), asText(far.asn)]), mono: true },
    row(
      "expects AS",
      both(near, far, ({ peerAs }) => asText(peerAs)),
    ),
    row(
      "hold, own",
      both(near, far, ({ timers }) => seconds(timers.configuredHoldSec)),
    ),
    agreed(
      "hold, agreed",
      both(near, far, ({ timers }) => seconds(timers.holdSec)),
    ),
    row("received", both(near, far, sum("received"))),
    row("accepted", both(near, far, sum("accepted"))),
    row("advertised", both(near, far, sum("advertised"))),
    row(
      "lost so far",
      both(near, far, ({ flaps }) => (flaps === undefined ? undefined : `${countText(flaps)} times`)),
    ),
    row(
      "BFD",
      both(near, far, ({ bfd }) => bfd?.state),
    ),
    agreed(
      "password",
      both(near, far, ({ password }) => password),
    ),
  ];
  return rows
    .filter((fact) => fact.near !== undefined || fact.far !== undefined)
    .map((fact) => (fact.name === "expects AS" ? misplacedAs(fact, near, far) : fact));
}

function both(
  near: End,
  far: End,
  read: (neighbor: Neighbor) => string | undefined,
): [string | undefined, string | undefined] {
  return [near.neighbor && read(near.neighbor), far.neighbor && read(far.neighbor)];
}

function row(name: string, [near, far]: [string | undefined, string | undefined]): FactRow {
  return {
    name,
    ...(near !== undefined && { near: plainText(near, 120) }),
    ...(far !== undefined && { far: plainText(far, 120) }),
  };
}

function agreed(name: string, values: [string | undefined, string | undefined]): FactRow {
  const [near, far] = values;
  return { ...row(name, values), differs: near !== undefined && far !== undefined && near !== far };
}

/** Each end names the AS that it expects; it is wrong when the other end is another. */
function misplacedAs(fact: FactRow, near: End, far: End): FactRow {
  const wrong = (expected: number | undefined, actual: number | undefined) =>
    expected !== undefined && actual !== undefined && expected !== actual;
  return {
    ...fact,
    mono: true,
    differs: wrong(near.neighbor?.peerAs, far.neighbor?.localAs) || wrong(far.neighbor?.peerAs, near.neighbor?.localAs),
  };
}

function says({ state, heldDown, rawState }: Neighbor): string {
  const word = rawState ?? SESSION_STATE_NAME[state];
  if (!heldDown) return word;
  return heldDown.text ? `${word}, held: ${heldDown.text}` : `${word}, held: ${heldDown.by.replace("-", " ")}`;
}

function errorWords({ direction, text, communication }: LastError): string {
  const who = { sent: "told the other", received: "was told", local: "saw" }[direction];
  return `${who}: ${text}${communication ? ` “${communication}”` : ""}`;
}

function sum(field: keyof FamilyState & ("received" | "accepted" | "advertised")) {
  return ({ families }: Neighbor): string | undefined => {
    const told = families.flatMap((family) => family[field] ?? []);
    return told.length === 0 ? undefined : countText(told.reduce((a, b) => a + b, 0));
  };
}

function seconds(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value} s`;
}

function asText(asn: number | undefined): string | undefined {
  return asn === undefined ? undefined : String(asn);
}
