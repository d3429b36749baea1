import fc from "fast-check";
import { expect, test } from "vitest";
import { SESSION_STATES } from "../../../lib/bgp/session-state.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { SourceError } from "../source-error.ts";
import { EAPI_COMMANDS } from "./read.ts";
import { story } from "./test-captures.ts";

const STORY = "one-leaf-five-faults";
const COMMANDS = [
  "show bgp summary vrf all",
  "show bgp neighbors vrf all",
  "show bfd peers detail",
  "show interfaces",
  "show ip interface",
  "show lldp neighbors detail",
  "show version",
  "show hostname",
] as const;

const TEXT = `BGP neighbor is 10.0.0.1, remote AS 65001, external link
  Description: spine
  BGP version 4, remote router ID 10.0.0.9, VRF default
  Hold time is 9, keepalive interval is 3 seconds
  BGP state is Established, up for 27d04h
  Number of transitions to established: 2
  Last sent notification:Hold Timer Expired Error/Unspecified, Last time   12d15h, First time   59d08h
    Multiprotocol IPv4 Unicast: advertised and received and negotiated
  Prefix Statistics:
    IPv4 Unicast:                     4         6
Local AS is 65000, local router ID 10.0.0.32
Local TCP address is 10.0.0.2, local port is 179
`;

function read(command: string, text: string): unknown {
  try {
    return EAPI_COMMANDS.get(command)?.(text, "leaf-1");
  } catch (error) {
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).message.length).toBeLessThan(700);
    return undefined;
  }
}

function wellFormed(told: unknown) {
  for (const neighbor of told as Neighbor[]) {
    expect(SESSION_STATES).toContain(neighbor.state);
    expect(neighbor.flaps ?? 0).toBeGreaterThanOrEqual(0);
    for (const family of neighbor.families) expect(family.received ?? 0).toBeGreaterThanOrEqual(0);
    expect((neighbor.description ?? "").length).toBeLessThanOrEqual(1_000);
    expect((neighbor.lastError?.text ?? "").length).toBeLessThanOrEqual(200);
  }
}

/** Strings that devices have been seen to put where others belong. */
const oddText = fc.constantFrom(
  "",
  "\0",
  "--More--",
  "<html>",
  "NaN",
  "-1",
  "18446744073709551616",
  "__proto__",
  "constructor",
  "\u202Eevil",
  "Idle(",
  "x".repeat(100_000),
);
const oddValue = fc.oneof(oddText, fc.constantFrom(null, -1, 1e308, 0, true, [], {}, [{}]), fc.jsonValue());

test("an answer of which one value is replaced is read rightly or refused in words", () => {
  const cases = COMMANDS.map((command) => ({ command, text: JSON.stringify(story(STORY, command)) }));
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.nat(), oddValue, ({ command, text }, place, value) => {
      const answer: unknown = JSON.parse(text);
      const leaves = leavesOf(answer);
      const leaf = leaves[place % leaves.length];
      if (leaf) leaf.holder[leaf.key] = value;
      const told = read(command, JSON.stringify(answer));
      if (told !== undefined && /bgp/.test(command)) wellFormed(told);
    }),
    { numRuns: 1_500 },
  );
});

test("an answer cut, doubled or sprinkled with bytes is read rightly or refused in words", () => {
  const texts = [...COMMANDS.map((command) => [command, JSON.stringify(story(STORY, command))] as const)];
  const all = [...texts, ["show ip bgp neighbors vrf all", TEXT] as const];
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.nat(),
      fc.nat(),
      fc.string({ maxLength: 12 }),
      ([command, text], a, b, junk) => {
        const [from, to] = [a % text.length, b % text.length].sort((x, y) => x - y) as [number, number];
        for (const mangled of [
          text.slice(0, from),
          text.slice(0, to) + text.slice(from),
          text.slice(0, from) + junk + text.slice(from),
        ]) {
          const told = read(command, mangled);
          if (told !== undefined && /bgp/.test(command)) wellFormed(told);
        }
      },
    ),
    { numRuns: 600 },
  );
});

test("no text that is not EOS's passes for a healthy switch", () => {
  for (const text of [
    "",
    "null",
    "[]",
    "{}",
    "0",
    '"up"',
    "<html>Sign in</html>",
    "% Authorization denied",
    '{"result":[]}',
  ]) {
    for (const command of EAPI_COMMANDS.keys()) expect([command, read(command, text)]).toEqual([command, undefined]);
  }
});

test("an answer that is wrong 150,000 times is refused at the first", () => {
  const peers = JSON.stringify(Object.fromEntries(Array.from({ length: 150_000 }, (_, i) => [`p${i}`, 1])));
  const list = `[${"1,".repeat(150_000)}1]`;
  expect(read("show bgp summary vrf all", `{"vrfs":{"default":{"peers":${peers}}}}`)).toBeUndefined();
  expect(read("show bgp summary vrf all", `{"vrfs":${peers}}`)).toBeUndefined();
  expect(read("show bgp neighbors vrf all", `{"vrfs":{"default":{"peerList":${list}}}}`)).toBeUndefined();
  expect(read("show lldp neighbors", `{"lldpNeighbors":${list}}`)).toBeUndefined();
  expect(read("show lldp neighbors", `{"lldpNeighbors":{"Ethernet1":{"lldpNeighborInfo":${list}}}}`)).toBeUndefined();
  expect(read("show interfaces", `{"interfaces":{"Ethernet1":{"interfaceAddress":${list}}}}`)).toBeUndefined();
  const bfd = `{"vrfs":{"default":{"ipv4Neighbors":{"10.0.0.1":{"peerStats":${peers}}}}}}`;
  expect(read("show bfd peers", bfd)).toBeUndefined();
});

test("100,000 levels of nesting and a megabyte of description are survived", () => {
  const deep = `{"vrfs":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  expect(read("show bgp summary vrf all", deep)).toBeUndefined();
  const peer = { peerState: "Established", description: "d\u0007".repeat(500_000) };
  const told = read("show bgp summary vrf all", JSON.stringify({ vrfs: { default: { peers: { "10.0.0.1": peer } } } }));
  wellFormed(told);
  expect(told).toHaveLength(1);
});

interface Leaf {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function leavesOf(value: unknown): Leaf[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...leavesOf(holder[key])]);
}
