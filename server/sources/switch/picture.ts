import type { DeviceFacts, Interface, LldpNeighbor } from "../../../lib/fabric/device.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { same } from "../../../lib/values/same.ts";
import type { Dialect, Part, Told } from "./dialect.ts";
import { joinSummaries } from "./join-summaries.ts";
import { mergeNeighbors } from "./merge-neighbors.ts";
import { joinKey } from "./peer.ts";
import { steadyList, steadyNeighbors } from "./steady.ts";

/** Below this a clock counts as right, and what it seems to be off is our own waiting for the answer. */
const TOLERATED_SKEW_MS = 5_000;

/** Told again as they stand; the picture only passes them on. */
const PASSED_ON = ["traffic", "resources", "tables", "routeCounts", "addresses", "macs"] as const;
type PassedOn = Pick<Observation, (typeof PASSED_ON)[number]>;

/** What a switch has told so far, each part as of its own last answer, and the model that follows from all of them. */
export interface SwitchPicture<Command extends string> {
  /** One answer. @throws ZodError or SyntaxError for what is none; the picture then stays as it was. */
  take(part: Part, command: Command, answer: unknown, observedAt: number): void;
  /** The switch has none of what `command` asks for: it runs no BGP, say. */
  takeNone(part: Part, command: Command): void;
  /** Whether a peer came, went, or changed its state since this was last asked. */
  stirred(): boolean;
  neighbors(): readonly Neighbor[];
  facts(): DeviceFacts;
  /** Undefined before any was told. */
  interfaces(): readonly Interface[] | undefined;
  /** What has been told since this was last asked. */
  fresh(): PassedOn;
}

export function switchPicture<Command extends string>(
  device: string,
  dialect: Dialect<Command>,
): SwitchPicture<Command> {
  const told = new Map<Part, Map<Command, Told>>();
  let inSummary: ReadonlySet<string> = new Set();
  let skewMs = 0;
  let pulse = "";
  let neighbors: readonly Neighbor[] = [];
  let interfaces: readonly Interface[] = [];
  let facts: DeviceFacts = {};
  let passedOn: PassedOn = {};

  function keep(part: Part, command: Command, value: Told) {
    const answers = told.get(part) ?? new Map<Command, Told>();
    told.set(part, answers);
    // Answers of two ways to ask for one part exclude each other: they may be of two times.
    const together = dialect.ways[part]?.find((way) => way.includes(command)) ?? [command];
    for (const other of answers.keys()) if (!together.includes(other)) answers.delete(other);
    answers.set(command, value);
    if (part === "neighbors") inSummary = new Set(summary().peers.map(joinKey));
  }

  const all = <K extends keyof Told>(part: Part, key: K): NonNullable<Told[K]>[] =>
    [...(told.get(part)?.values() ?? [])].map((one) => one[key]).filter((value) => value !== undefined);
  const summary = () => joinSummaries(all("summary", "summary"));

  return {
    take(part, command, answer, observedAt) {
      const value = dialect.read(command, answer, { observedAt, skewMs });
      if (part === "version") skewMs = skewOf(value.clockAt, observedAt, skewMs);
      keep(part, command, value);
      const resources = value.resources && { ...passedOn.resources, ...value.resources };
      for (const key of PASSED_ON) if (value[key] !== undefined) passedOn = { ...passedOn, [key]: value[key] };
      if (resources) passedOn = { ...passedOn, resources };
    },
    takeNone: (part, command) => keep(part, command, {}),
    stirred() {
      const now = summary()
        .peers.map(({ vrf, key, state, since, rawState, peerAs }) =>
          [vrf, key, state, since, rawState, peerAs].join("|"),
        )
        .join("\n");
      const stirred = now !== pulse;
      pulse = now;
      return stirred;
    },
    neighbors() {
      const { peers, speakers } = summary();
      const present = new Set(peers.map(joinKey));
      // A peer that stood in the summary when details were asked, and no longer does, is gone.
      const details = all("neighbors", "details")
        .flat()
        .filter((peer) => present.has(joinKey(peer)) || !inSummary.has(joinKey(peer)));
      const merged = mergeNeighbors(device, { summary: peers, speakers, details, bfd: all("bfd", "bfd").flat() });
      neighbors = steadyNeighbors(neighbors, merged);
      return neighbors;
    },
    facts() {
      const { speakers } = summary();
      const speaker = speakers.get("default") ?? [...speakers.values()][0];
      const { startedAt, ...of } = Object.assign(
        {},
        ...all("version", "facts"),
        ...all("hostname", "facts"),
      ) as DeviceFacts;
      const now: DeviceFacts = {
        system: dialect.system,
        ...of,
        ...(startedAt !== undefined && { startedAt: startedAt - skewMs }),
        ...(speaker?.routerId && { routerId: speaker.routerId }),
        ...(speaker?.asn !== undefined && { asn: speaker.asn }),
        bgp: speakers.size > 0 ? "on" : "off",
      };
      if (!same(facts, now)) facts = now;
      return facts;
    },
    interfaces() {
      const ports = all("interfaces", "interfaces").flat();
      const routed = all("vrfs", "interfaces").flat();
      if (ports.length === 0 && routed.length === 0) return undefined;
      const lldp = new Map(all("lldp", "lldp").flatMap((neighborOf) => [...neighborOf]));
      interfaces = steadyList(interfaces, joinPorts(ports.length > 0 ? ports : routed, routed, lldp));
      return interfaces;
    },
    fresh() {
      const now = passedOn;
      passedOn = {};
      return now;
    },
  };
}

/** Ports with what a routed interface adds to them, and with who is at their other end. */
function joinPorts(
  ports: readonly Interface[],
  routed: readonly Interface[],
  lldp: ReadonlyMap<string, LldpNeighbor>,
): Interface[] {
  const byName = Map.groupBy(routed, ({ name }) => name);
  return ports.map((port) => {
    const more = byName.get(port.name) ?? [];
    const vrf = port.vrf ?? more.find((one) => one.vrf)?.vrf;
    const addresses = [...new Set([...port.addresses, ...more.flatMap((one) => one.addresses)])];
    const neighbor = lldp.get(port.name);
    return { ...port, addresses, ...(vrf && { vrf }), ...(neighbor && { lldp: neighbor }) };
  });
}

/** How far the switch's clock is ahead of ours, in whole seconds; 0 while it is right, or does not tell. */
function skewOf(clockAt: number | undefined, observedAt: number, before: number): number {
  if (clockAt === undefined) return 0;
  const skewMs = clockAt - observedAt;
  if (Math.abs(skewMs - before) < TOLERATED_SKEW_MS) return before;
  return Math.abs(skewMs) < TOLERATED_SKEW_MS ? 0 : Math.round(skewMs / 1000) * 1000;
}
