import type { Effect } from "./effect.ts";
import { effectsOf } from "./effect.ts";
import type { End, Step } from "./end.ts";
import { isUp, newEnd, remember, UP } from "./end.ts";
import type { DeviceFaultKind, Fault } from "./fault.ts";
import { HIDING_ORDER, isDeviceFault } from "./fault.ts";
import type { Plan, PlannedDevice } from "./plan.ts";
import type { Random } from "./random.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { type Routes, routesOf } from "./routes.ts";
import { Timeline } from "./timeline.ts";

export interface Session {
  readonly kind: "tor-spine" | "node-tor";
  /** Upper tier first. */
  readonly ends: readonly [End, End];
  /** At most one of a kind. */
  readonly faults: Map<Fault["kind"], Fault>;
  /** The fault whose effects the ends show. */
  shown?: Fault | undefined;
  /** When the cable last lost or found its light. */
  lightChangedAt: number;
}

/** What concerns a whole device, beside its sessions. */
export interface DeviceState {
  readonly plan: PlannedDevice;
  readonly ends: readonly End[];
  readonly faults: Map<DeviceFaultKind, Fault>;
  /** When the box, or BIRD on a node, last started; epoch ms. */
  startedAt: number;
}

const HOUR_MS = 3_600_000;
/** A session that comes back walks through these on its way up. */
const OPEN_SENT: readonly Step[] = [{ state: "open-sent", ms: 0 }];
const OPEN_CONFIRM: readonly Step[] = [{ state: "open-confirm", ms: 0 }];
const TRYING: readonly Step[] = [{ state: "connect", ms: 0 }];
const EXTRA_PREFIXES = { "max-prefix": 160, "near-limit": 88 };

/**
 * The invented fabric as it is now. It has no timers: whoever looks calls `advance` first, and all that has fallen
 * due since the last look happens then, in order. So 10,000 sessions cost nothing while nobody looks.
 */
export class World {
  readonly plan: Plan;
  readonly devices: ReadonlyMap<string, DeviceState>;
  readonly sessions: readonly Session[];
  private readonly clock: () => number;
  private readonly random: Random;
  private readonly timeline = new Timeline();
  private routesNow: Routes | undefined;

  constructor(plan: Plan, clock: () => number, random: Random) {
    this.plan = plan;
    this.clock = clock;
    this.random = random;
    const startedAt = clock();
    const ends = new Map<PlannedDevice, End[]>(plan.devices.map((device) => [device, []]));
    this.sessions = plan.links.map((link, index) => {
      const pair = [link.upper, link.lower].map((at, side) => {
        const device = deviceAt(plan, at);
        const port = device.ports.find((candidate) => candidate.link === index);
        if (!port) throw new Error(`${device.name} has no port on link ${index}`);
        const end = newEnd(device, port, deviceAt(plan, side === 0 ? link.lower : link.upper));
        ends.get(device)?.push(end);
        return end;
      });
      const upSince = startedAt - random.between(2, 900) * HOUR_MS;
      const timesUp = 1 + random.whole(3);
      for (const end of pair) Object.assign(end, { walk: UP, walkFrom: upSince, changedAt: upSince, timesUp });
      return { kind: link.kind, ends: pair as [End, End], faults: new Map(), lightChangedAt: upSince - HOUR_MS };
    });
    this.devices = new Map(
      plan.devices.map((device) => {
        const of = ends.get(device) ?? [];
        const oldest = Math.min(startedAt, ...of.map((end) => end.changedAt));
        return [
          device.name,
          { plan: device, ends: of, faults: new Map(), startedAt: oldest - random.between(0.1, 24) * HOUR_MS },
        ];
      }),
    );
  }

  /** Lets happen what has fallen due; returns the present instant, in epoch ms. */
  advance(): number {
    const now = this.clock();
    this.timeline.run(now);
    return now;
  }

  /** Prefix counts that add up over the whole fabric, for the present moment. */
  routes(): Routes {
    this.advance();
    this.routesNow ??= routesOf(this.plan, this.sessions);
    return this.routesNow;
  }

  session(a: string, b: string): Session | undefined {
    return this.devices.get(a)?.ends.flatMap((end) => {
      const session = this.sessions[end.port.link];
      return session && end.peer.name === b ? [session] : [];
    })[0];
  }

  /** Makes a fault, or says why there is none to make. */
  inject(fault: Fault): Refusal | undefined {
    const now = this.advance();
    const refusal = refusalOf(fault, {
      role: (name) => this.devices.get(name)?.plan.role,
      sessionKind: (a, b) => this.session(a, b)?.kind,
    });
    if (refusal) return refusal;
    if (isDeviceFault(fault.kind)) {
      const device = this.devices.get(fault.at);
      device?.faults.set(fault.kind, fault);
      if (fault.kind === "kill") for (const end of device?.ends ?? []) this.settle(this.sessions[end.port.link], now);
      return undefined;
    }
    const session = this.session(fault.at, fault.towards ?? "");
    if (!session) return undefined;
    if (fault.kind === "flap") {
      if (session.shown)
        return { refused: `${fault.at} and ${fault.towards} are already apart: ${session.shown.kind}` };
      this.show(session, fault, now);
      this.bringUp(session, now);
      return undefined;
    }
    session.faults.set(fault.kind, fault);
    if (darkens(fault.kind)) session.lightChangedAt = now;
    if (fault.kind === "max-prefix" || fault.kind === "near-limit")
      this.announceMore(session, EXTRA_PREFIXES[fault.kind]);
    if (fault.kind === "wrong-as") endOf(session, fault.at).expectedAs = endOf(session, fault.at).peer.asn + 898;
    this.settle(session, now);
    return undefined;
  }

  /** Takes back every fault on the device, or between the two; returns how many. */
  heal(a: string, b?: string): number {
    const now = this.advance();
    let healed = 0;
    const device = this.devices.get(a);
    if (!device) return 0;
    if (b === undefined) {
      healed += device.faults.size;
      if (device.faults.delete("kill")) device.startedAt = now;
      device.faults.clear();
    }
    for (const end of device.ends) {
      if (b !== undefined && end.peer.name !== b) continue;
      const session = this.sessions[end.port.link];
      if (!session) continue;
      healed += session.faults.size;
      if ([...session.faults.keys()].some(darkens)) session.lightChangedAt = now;
      session.faults.clear();
      for (const one of session.ends) one.expectedAs = one.peer.asn;
      this.announceMore(session, 0);
      this.settle(session, now);
    }
    return healed;
  }

  healAll(): number {
    let healed = 0;
    for (const device of this.devices.values()) if (device.faults.size > 0) healed += this.heal(device.plan.name);
    for (const session of this.sessions) {
      if (session.faults.size > 0) healed += this.heal(session.ends[0].device.name, session.ends[1].device.name);
    }
    return healed;
  }

  standing(): readonly Fault[] {
    this.advance();
    return [
      ...[...this.devices.values()].flatMap((device) => [...device.faults.values()]),
      ...this.sessions.flatMap((session) => [...session.faults.values()]),
    ];
  }

  /** The fault that shows may have changed: starts its effects, or the way back up. */
  private settle(session: Session | undefined, now: number): void {
    if (!session) return;
    const kill = session.ends.flatMap((end) => this.devices.get(end.device.name)?.faults.get("kill") ?? [])[0];
    const fault = HIDING_ORDER.map((kind) => (kind === "kill" ? kill : session.faults.get(kind))).find(
      (found) => found,
    );
    if (fault === session.shown) return;
    if (fault) this.show(session, fault, now);
    else {
      this.timeline.forget(session);
      this.bringUp(session, now);
    }
    session.shown = fault;
  }

  private show(session: Session, fault: Fault, now: number): void {
    this.timeline.forget(session);
    for (const end of session.ends) {
      end.held = undefined;
      for (const effect of effectsOf(fault, end, this.random)) {
        if (effect.afterMs === 0) this.apply(end, effect, now);
        else this.timeline.at(now + effect.afterMs, session, (at) => this.apply(end, effect, at));
      }
    }
  }

  private apply(end: End, effect: Effect, at: number): void {
    if (isUp(end)) {
      end.changedAt = at;
      this.routesNow = undefined;
    }
    end.walk = effect.walk;
    end.walkFrom = at;
    end.held = effect.held;
    if (effect.message !== undefined) end.message = effect.message;
    if (effect.trouble) remember(end, effect.trouble, at);
  }

  /** Both ends meet again after the retry that happens to be due: 0.6 to 5 s. */
  private bringUp(session: Session, now: number): void {
    const meetAt = now + this.random.between(600, 5_000);
    const both = (at: number, walk: readonly Step[]) =>
      this.timeline.at(at, session, () => {
        for (const end of session.ends) {
          if (isUp(end)) continue;
          Object.assign(end, { walk, walkFrom: at, held: undefined });
        }
      });
    // An end that has not noticed yet learns it now: its next packet meets a peer that knows no such connection.
    const unaware = session.ends.filter(isUp);
    if (unaware.length === 1) {
      this.timeline.at(now + 30, session, (at) => {
        for (const end of unaware)
          if (isUp(end)) this.apply(end, { afterMs: 0, walk: TRYING, trouble: { seen: "reset" } }, at);
      });
    }
    both(now + 50, TRYING);
    both(meetAt - 250, OPEN_SENT);
    both(meetAt - 60, OPEN_CONFIRM);
    this.timeline.at(meetAt, session, () => {
      for (const end of session.ends) {
        if (isUp(end)) continue;
        Object.assign(end, { walk: UP, walkFrom: meetAt, changedAt: meetAt, timesUp: end.timesUp + 1 });
        end.trouble = undefined;
        end.message = undefined;
      }
      this.routesNow = undefined;
    });
  }

  private announceMore(session: Session, extraPrefixes: number): void {
    session.ends[1].extraPrefixes = extraPrefixes;
    this.routesNow = undefined;
  }
}

function deviceAt(plan: Plan, index: number): PlannedDevice {
  const device = plan.devices[index];
  if (!device) throw new Error(`the plan has no device ${index}`);
  return device;
}

function darkens(kind: Fault["kind"]): boolean {
  return kind === "link-down" || kind === "port-shut";
}

function endOf(session: Session, device: string): End {
  return session.ends[0].device.name === device ? session.ends[0] : session.ends[1];
}
