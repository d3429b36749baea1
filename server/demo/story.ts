import type { Fault, FaultKind } from "./fault.ts";
import type { Random } from "./random.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** Something that the weather does: seconds of weather after the start, and how long it stands. */
export interface Act {
  readonly atSec: number;
  /** Absent for what passes by itself. */
  readonly lastsSec?: number;
  readonly fault: Fault;
}

type Wanted = readonly [atSec: number, lastsSec: number, kind: FaultKind, text?: string];

/** All is well first; then one thing after another, each long enough to be looked at, seldom more than three at once. */
const STORY: readonly Wanted[] = [
  [40, 240, "admin-down", "CHG-2209 line card swap"],
  [100, 150, "link-down"],
  [165, 150, "kill"],
  [225, 0, "flap"],
  [270, 200, "wrong-md5"],
  [340, 180, "max-prefix"],
  [420, 90, "slow"],
  [470, 110, "dead"],
  [530, 160, "wrong-as"],
  [590, 150, "disable", "kernel update, ticket 4471"],
  [650, 150, "blackhole"],
  [700, 120, "near-limit"],
  [760, 110, "port-shut"],
];
export const STORY_SEC = 870;

const SHUT_TEXTS = [
  "CHG-2209 line card swap",
  "CHG-2231 optics replacement",
  "drain for EOS upgrade",
  "INC-0917 suspected bad cable",
];
const DISABLE_TEXTS = ["kernel update, ticket 4471", "node cordoned for memory test", "draining before reboot"];

/** The scripted first quarter of an hour. Who it hits follows from the seed. */
export function story(world: World, random: Random): Act[] {
  const spared = new Set<string>();
  return STORY.flatMap(([atSec, lastsSec, kind, text]) => {
    const fault = aim(world, random, kind, spared, text);
    return fault ? [{ atSec, ...(lastsSec > 0 && { lastsSec }), fault }] : [];
  });
}

/** Points a fault of this kind at somebody whom no other fault of `spared` has hit; undefined when all have been. */
export function aim(
  world: World,
  random: Random,
  kind: FaultKind,
  spared: Set<string>,
  text?: string,
): Fault | undefined {
  const nodes = world.plan.devices.filter((device) => device.role === "node" && !spared.has(device.name));
  if (kind === "kill" || kind === "slow" || kind === "dead") {
    const leaves = world.plan.devices.filter((device) => device.role === "leaf" && !spared.has(device.name));
    const candidates = kind === "slow" ? leaves : nodes;
    if (candidates.length === 0) return undefined;
    const device = random.pick(candidates);
    spared.add(device.name);
    return { kind, at: device.name };
  }
  const wanted: Session["kind"] =
    kind === "port-shut" || (kind === "flap" && random.next() < 0.3) ? "tor-spine" : "node-tor";
  const fits = (session: Session) => {
    const [upper, lower] = session.ends;
    if (session.kind !== wanted || spared.has(lower.device.name)) return false;
    // A shutdown's text reaches the other end only where that end is BIRD 2.
    return kind !== "admin-down" || lower.device.system === "bird-2" || upper.device.role === "spine";
  };
  const candidates = world.sessions.filter(fits);
  if (candidates.length === 0) return undefined;
  const [upper, lower] = random.pick(candidates).ends;
  spared.add(lower.device.name);
  const byNode = kind === "disable" || kind === "max-prefix" || kind === "near-limit" || kind === "wrong-md5";
  const [at, towards] = byNode ? [lower, upper] : [upper, lower];
  const words =
    text ??
    (kind === "admin-down" ? random.pick(SHUT_TEXTS) : kind === "disable" ? random.pick(DISABLE_TEXTS) : undefined);
  return { kind, at: at.device.name, towards: towards.device.name, ...(words !== undefined && { text: words }) };
}
