import { type Origin, parseAsPath } from "../../../lib/bgp/path.ts";
import type { Route, RouteTable } from "../../../lib/fabric/route.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { canonicalPrefix } from "../../../lib/net/prefix.ts";
import { familyOf } from "./nxos-family.ts";

const ORIGIN: Readonly<Record<string, Origin>> = { i: "igp", e: "egp", "?": "incomplete" };

const HEADING = /^ {3}Network +Next Hop +Metric +LocPrf +Weight Path/;
const FIGURES = ["Metric", "LocPrf", "Weight"] as const;
type Figure = (typeof FIGURES)[number];

/**
 * A BGP table as text: `show bgp vrf V all neighbors X advertised-routes`, `... routes`, `... received-routes`, or
 * `show bgp ... unicast`. Routes of families other than unicast are counted as what they are.
 *
 * @throws SyntaxError when no family stands in it, or a route cannot be read.
 */
export function parseBgpRoutesText(text: string, vrf: string, table: RouteTable): Route[] {
  const routes: Route[] = [];
  let family: Route["family"] | undefined;
  let neighbor: string | undefined;
  /** Where each column of figures ends: one may be empty, and they stand to its right end. */
  let ends: readonly (readonly [Figure, number])[] | undefined;
  let network: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, peer, named] =
      /^Peer (\S+) routes for address family (.+?):\s*$/.exec(line) ??
      /^BGP routing table information for VRF ()\S+, address family (.+?)\s*$/.exec(line) ??
      [];
    if (named !== undefined) {
      family = familyOf(named);
      neighbor = peer ? (canonicalAddress(peer) ?? peer) : undefined;
      ends = undefined;
      continue;
    }
    if (HEADING.test(line)) {
      ends = FIGURES.map((name) => [name, line.indexOf(name) + name.length] as const);
      continue;
    }
    if (!family || !ends || !/^[ *sxSdhi>|&-]/.test(line) || line.trim() === "") continue;
    const status = line.slice(0, 3);
    const rest = line.slice(3);
    const [, word = ""] = /^(\S*)/.exec(rest) ?? [];
    network = canonicalPrefix(word) ?? (word === "" ? network : undefined);
    if (!network) throw new SyntaxError(`${JSON.stringify(line.slice(0, 80))} is no route`);
    if (rest.trim() === word) continue; // a long prefix stands alone; its path follows
    routes.push({
      ...pathOf(line, word === "" ? 3 : 3 + word.length, ends, status),
      prefix: network,
      family,
      vrf,
      table,
      ...(neighbor && { neighbor }),
    });
  }
  if (family === undefined) throw new SyntaxError('no line "... address family ..." in it');
  return routes;
}

function pathOf(
  line: string,
  from: number,
  ends: readonly (readonly [Figure, number])[],
  status: string,
): Omit<Route, "prefix" | "family" | "vrf" | "table"> {
  const [hop, ...words] = line.slice(from).matchAll(/\S+/g);
  const figures = new Map<Figure, number>();
  // The weight is never empty, and the AS path stands behind it.
  while (words.length > 0 && !figures.has("Weight")) {
    const word = words.shift();
    if (!word || !/^\d{1,10}$/.test(word[0])) throw new SyntaxError(`${JSON.stringify(line.slice(0, 80))} is no route`);
    figures.set(nearest(ends, from + word.index + word[0].length), Number(word[0]));
  }
  const path = words.map(([word]) => word).join(" ");
  const origin = ORIGIN[/([ie?])$/.exec(path)?.[1] ?? ""];
  const asPath = parseAsPath(path);
  const address = canonicalAddress(hop?.[0] ?? "");
  const [med, localPref, weight] = FIGURES.map((name) => figures.get(name));
  return {
    protocol: "bgp",
    nextHops: address ? [{ address }] : [],
    ...(/\*/.test(status) && { valid: true }),
    ...(/[>|]/.test(status) && { best: true }),
    ...(/S/.test(status) && { stale: true }),
    path: {
      ...(origin && { origin }),
      ...(asPath && { asPath }),
      ...(med !== undefined && { med }),
      ...(localPref !== undefined && { localPref }),
      ...(weight !== undefined && { weight }),
    },
    ...(!asPath && { note: path.slice(0, 200) }),
  };
}

function nearest(ends: readonly (readonly [Figure, number])[], at: number): Figure {
  return ends.reduce((best, each) => (Math.abs(each[1] - at) < Math.abs(best[1] - at) ? each : best))[0];
}
