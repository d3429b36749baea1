import { type End, newEnd, UP } from "./end.ts";
import { type DeviceFaultKind, type Fault, HIDING_ORDER, isDeviceFault } from "./fault.ts";
import type { Plan, PlannedDevice } from "./plan.ts";
import type { Random } from "./random.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { type Routes, routesOf } from "./routes.ts";
import { endAt, type Session } from "./session.ts";
import { SessionLife } from "./session-life.ts";

/** What concerns a whole device, beside its sessions. */
export interface DeviceState {
  readonly plan: PlannedDevice;
  readonly ends: readonly End[];
  readonly faults: Map<DeviceFaultKind, Fault>;
  /** When the box, or BIRD on a node, last started; epoch ms. */
  startedAt: number;
}

const HOUR_MS = 3_600_000;
/** The leaf's limit for a node is 100, its warning 80, and a node has at most five blocks of its own. */
const EXTRA_PREFIXES = { "max-prefix": 160, "near-limit": 88 };
/** How far off a wrong AS is: far enough that no other device has it. */
const WRONG_AS_OFFSET = 100_000;

/**
 * The invented fabric as it is now. It has no timers: whoever looks calls `advance` first, and all that has fallen
 * due since the last look happens then, in order. So 10,000 sessions cost nothing while nobody looks.
 */
export class World {
  readonly plan: Plan;
  readonly devices: ReadonlyMap<string, DeviceState>;
  readonly sessions: readonly Session[];
  private readonly clock: () => number;
  private readonly life: SessionLife;
  private routesNow: Routes | undefined;

  constructor(plan: Plan, clock: () => number, random: Random) {
    this.plan = plan;
    this.clock = clock;
    this.life = new SessionLife(random, () => {
      this.routesNow = undefined;
    });
    const now = clock();
    this.sessions = plan.links.map((_, index) => establishedLongAgo(plan, index, now, random));
    this.devices = new Map(
      plan.devices.map((device) => [device.name, deviceState(device, this.sessions, now, random)]),
    );
  }

  /** Lets happen what has fallen due; returns the present instant, in epoch ms. */
  advance(): number {
    const now = this.clock();
    this.life.advance(now);
    return now;
  }

  /** Prefix counts that add up over the whole fabric, for the present moment. */
  routes(): Routes {
    this.advance();
    this.routesNow ??= routesOf(this.plan, this.sessions);
    return this.routesNow;
  }

  session(a: string, b: string): Session | undefined {
    const end = this.devices.get(a)?.ends.find((candidate) => candidate.peer.name === b);
    return end && this.sessions[end.port.link];
  }

  standing(): readonly Fault[] {
    this.advance();
    return [
      ...[...this.devices.values()].flatMap((device) => [...device.faults.values()]),
      ...this.sessions.flatMap((session) => [...session.faults.values()]),
    ];
  }

  /** Makes a fault, or says why there is none to make. One of the same kind in the same place takes the earlier one's. */
  inject(fault: Fault): Refusal | undefined {
    const now = this.advance();
    const refusal = refusalOf(fault, {
      role: (name) => this.devices.get(name)?.plan.role,
      sessionKind: (a, b) => this.session(a, b)?.kind,
    });
    if (refusal) return refusal;
    const device = this.devices.get(fault.at);
    if (isDeviceFault(fault.kind)) {
      device?.faults.set(fault.kind, fault);
      if (fault.kind === "kill") this.settleAll(device, now);
      return undefined;
    }
    const session = this.session(fault.at, fault.towards ?? "");
    if (!session) return undefined;
    if (fault.kind === "flap") {
      if (session.shown)
        return { refused: `${fault.at} and ${fault.towards} are already apart: ${session.shown.kind}` };
      this.life.flap(session, fault, now);
      return undefined;
    }
    if (darkens(fault)) session.lightChangedAt = now;
    if (breaksPath(fault)) session.pathChangedAt = now;
    session.faults.set(fault.kind, fault);
    this.settle(session, now);
    return undefined;
  }

  /** Takes back this very fault; false when it no longer stands. */
  undo(fault: Fault): boolean {
    const now = this.advance();
    const device = this.devices.get(fault.at);
    if (isDeviceFault(fault.kind)) {
      if (device?.faults.get(fault.kind) !== fault) return false;
      device.faults.delete(fault.kind);
      if (fault.kind === "kill") {
        device.startedAt = now;
        this.settleAll(device, now);
      }
      return true;
    }
    const session = this.session(fault.at, fault.towards ?? "");
    if (session?.faults.get(fault.kind) !== fault) return false;
    session.faults.delete(fault.kind);
    if (darkens(fault)) session.lightChangedAt = now;
    if (breaksPath(fault)) session.pathChangedAt = now;
    this.settle(session, now);
    return true;
  }

  /** Takes back every fault of the device and its sessions, or only those between the two; returns how many. */
  heal(a: string, b?: string): number {
    const touches = ({ at, towards }: Fault) =>
      b === undefined ? at === a || towards === a : (at === a && towards === b) || (at === b && towards === a);
    return this.standing().filter((fault) => touches(fault) && this.undo(fault)).length;
  }

  healAll(): number {
    return this.standing().filter((fault) => this.undo(fault)).length;
  }

  /** The device's daemon went or came, and BFD with it. */
  private settleAll(device: DeviceState | undefined, now: number): void {
    for (const end of device?.ends ?? []) {
      const session = this.sessions[end.port.link];
      if (!session) continue;
      session.pathChangedAt = now;
      this.settle(session, now);
    }
  }

  /** The faults of the session, or of its two devices, have changed: configuration first, then what shows. */
  private settle(session: Session, now: number): void {
    for (const end of session.ends) end.expectedAs = end.peer.asn;
    const wrongAs = session.faults.get("wrong-as");
    if (wrongAs) endAt(session, wrongAs.at).expectedAs += WRONG_AS_OFFSET;
    session.ends[1].extraPrefixes = session.faults.has("max-prefix")
      ? EXTRA_PREFIXES["max-prefix"]
      : session.faults.has("near-limit")
        ? EXTRA_PREFIXES["near-limit"]
        : 0;
    this.routesNow = undefined;

    const kill = session.ends.flatMap((end) => this.devices.get(end.device.name)?.faults.get("kill") ?? [])[0];
    const fault = HIDING_ORDER.map((kind) => (kind === "kill" ? kill : session.faults.get(kind))).find(
      (found) => found,
    );
    if (fault !== session.shown) this.life.show(session, fault, now);
  }
}

function establishedLongAgo(plan: Plan, index: number, now: number, random: Random): Session {
  const link = plan.links[index];
  const upper = link && plan.devices[link.upper];
  const lower = link && plan.devices[link.lower];
  if (!upper || !lower) throw new Error(`the plan has no link ${index}`);

  const upSince = now - random.between(2, 900) * HOUR_MS;
  const timesUp = 1 + random.whole(3);
  const end = (device: PlannedDevice, peer: PlannedDevice): End => {
    const port = device.ports.find((candidate) => candidate.link === index);
    if (!port) throw new Error(`${device.name} has no port on link ${index}`);
    return Object.assign(newEnd(device, port, peer), { walk: UP, walkFrom: upSince, changedAt: upSince, timesUp });
  };
  return {
    kind: link.kind,
    ends: [end(upper, lower), end(lower, upper)],
    faults: new Map(),
    lightChangedAt: upSince - HOUR_MS,
    pathChangedAt: upSince,
  };
}

function deviceState(device: PlannedDevice, sessions: readonly Session[], now: number, random: Random): DeviceState {
  const ends = device.ports.flatMap(({ link, side }) => sessions[link]?.ends[side] ?? []);
  const oldest = Math.min(now, ...ends.map((end) => end.changedAt));
  return { plan: device, ends, faults: new Map(), startedAt: oldest - random.between(0.1, 24) * HOUR_MS };
}

function breaksPath(fault: Fault): boolean {
  return darkens(fault) || fault.kind === "blackhole";
}

function darkens({ kind }: Fault): boolean {
  return kind === "link-down" || kind === "port-shut";
}
