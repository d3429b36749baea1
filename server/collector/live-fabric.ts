import { randomBytes } from "node:crypto";
import type { FabricEvent } from "../../lib/events/event.ts";
import { type EventDraft, sessionEvents } from "../../lib/events/session-events.ts";
import type { Device, InventoryDevice } from "../../lib/fabric/device.ts";
import type { Evidence, Observation, SourceHealth } from "../../lib/fabric/observation.ts";
import { holds, type Session } from "../../lib/fabric/session.ts";
import { type Changes, Snapshot } from "../../lib/fabric/snapshot.ts";
import { deviceRow, sessionRow } from "../../lib/view/rows.ts";
import {
  BACK_UP_MS,
  type Delta,
  type DeviceRow,
  type FabricInfo,
  type FabricView,
  type Impairment,
  rowPatch,
  type Seen,
  type SessionRow,
  VIEW_EVENTS,
} from "../../lib/view/view.ts";
import type { Source } from "../sources/source.ts";

const KEPT_EVENTS = 5_000;
const DETAIL_EVENTS = 200;
const QUIET_AFTER_MS = 30_000;

/**
 * The fabric as it stands: observations in, rows, numbered events and deltas out. Changes gather until `flush`, so that a
 * storm leaves as one delta; what came and went again in between leaves no trace in rows, but all of it in events.
 */
export class LiveFabric {
  readonly boot = randomBytes(6).toString("hex");
  readonly info: FabricInfo;
  readonly #snapshot: Snapshot;
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #rows = new Map<string, SessionRow>();
  readonly #deviceRows = new Map<string, DeviceRow>();
  readonly #backUp = new Map<string, { at: number; downMs: number }>();
  readonly #events: FabricEvent[] = [];
  readonly #listeners = new Set<(delta: Delta) => void>();
  readonly #shown = new Map<string, SourceHealth>();
  /** Sources whose silence has been told. */
  readonly #silent = new Set<string>();
  #dirtySessions = new Set<string>();
  #dirtyDevices = new Set<string>();
  #dirtySources = new Set<string>();
  #fresh: FabricEvent[] = [];
  #seq = 0;
  #n = 0;
  #impaired: Impairment | undefined;
  #impairedChanged = false;
  readonly #settlingUntil: number;
  #quietUntil = 0;

  constructor(info: FabricInfo, inventory: readonly InventoryDevice[], sources: readonly Source[], now: number) {
    this.info = info;
    this.#snapshot = new Snapshot(inventory);
    this.#sources = new Map(sources.map((source) => [source.id, source]));
    for (const device of this.#snapshot.devices.values()) this.#deviceRows.set(device.name, deviceRow(device));
    // What there is at the start is no news: until every source had time for two rounds.
    this.#settlingUntil = now + 2 * Math.max(0, ...sources.map((source) => source.everyMs)) + 2_000;
  }

  observe(observation: Observation, health: SourceHealth): void {
    const now = observation.observedAt;
    this.#dirtySources.add(health.id);
    const changes = this.#snapshot.observe(observation, health);
    this.#tellSight(health, now);
    this.#took(changes, now);
  }

  health(health: SourceHealth, now: number): void {
    this.#dirtySources.add(health.id);
    const changes = this.#snapshot.health(health, now);
    this.#tellSight(health, now);
    this.#took(changes, now);
  }

  /** Lets time pass: stale and unknown come from here, and a recovery stops being news. */
  tick(now: number): void {
    const changes = this.#snapshot.tick(now);
    for (const source of this.#snapshot.sources.values()) this.#tellSight(source, now);
    this.#took(changes, now);
    for (const [id, back] of this.#backUp) {
      if (now - back.at < BACK_UP_MS) continue;
      this.#backUp.delete(id);
      this.#dirtySessions.add(id);
    }
  }

  /** The collector suspects itself: what it shows may be its own fault. */
  impair(impaired: Impairment | undefined, now: number): void {
    const before = this.#impaired;
    if (before?.text === impaired?.text) return;
    this.#impaired = before && impaired ? { ...impaired, since: before.since } : impaired;
    this.#impairedChanged = true;
    if (before && impaired) return;
    this.#quietUntil = now + QUIET_AFTER_MS;
    const sentence = impaired?.text ?? "The collector reaches its devices again.";
    const kind = impaired ? "collector-impaired" : "collector-recovered";
    this.#happened([{ kind, tone: impaired ? "unknown" : "info", sentence, devices: [] }], now);
  }

  /** Sends what changed since the last flush as one delta; nothing when nothing did. */
  flush(now: number): void {
    const delta = this.#takeDelta(now);
    if (!delta) return;
    for (const listener of this.#listeners) listener(delta);
  }

  onDelta(listener: (delta: Delta) => void): void {
    this.#listeners.add(listener);
  }

  get id(): string {
    return `${this.boot}:${this.#n}`;
  }

  /** As of the last flush, so that the deltas after its `id` are exactly what it lacks. */
  view(): FabricView {
    return {
      id: this.id,
      asOf: Date.now(),
      fabric: this.info,
      sessions: this.#rows,
      devices: this.#deviceRows,
      sources: this.#shown,
      events: this.#events.slice(0, this.#events.length - this.#fresh.length).slice(-VIEW_EVENTS),
      ...(this.#impaired && !this.#impairedChanged && { impaired: this.#impaired }),
    };
  }

  snapshot(): Pick<Snapshot, "sessions" | "devices" | "sources"> {
    return this.#snapshot;
  }

  session(id: string) {
    const session = this.#snapshot.sessions.get(id);
    if (!session) return undefined;
    const [near, far] = [session.near, session.far].map((end) => this.#snapshot.devices.get(end.device ?? ""));
    const names = new Set([session.near.device, session.far.device]);
    return {
      asOf: Date.now(),
      session,
      ...(near && { near }),
      ...(far && { far }),
      sources: [...this.#snapshot.sources.values()].filter((source) => names.has(source.device)),
      evidence: [session.near, session.far].flatMap((end): readonly Evidence[] =>
        end.neighbor ? (this.#sources.get(end.source ?? "")?.evidence(end.neighbor) ?? []) : [],
      ),
      events: this.#events.filter((event) => event.session === id).slice(-DETAIL_EVENTS),
      siblings: this.#siblings(session),
    };
  }

  device(name: string) {
    const device: Device | undefined = this.#snapshot.devices.get(name);
    if (!device) return undefined;
    return {
      asOf: Date.now(),
      device,
      state: this.#snapshot.stateOf(name),
      sources: device.sources.flatMap((id) => this.#snapshot.sources.get(id) ?? []),
      evidence: device.sources.flatMap((id) => this.#sources.get(id)?.evidence() ?? []),
      events: this.#events.filter((event) => event.devices.includes(name)).slice(-DETAIL_EVENTS),
    };
  }

  #siblings(session: Session) {
    const node = session.near.device;
    if (node === undefined) return [];
    return [...this.#snapshot.sessions.values()]
      .filter((other) => other.id !== session.id && (other.near.device === node || other.far.device === node))
      .map(({ id, status, near, far }) => ({ id, status, near, far }));
  }

  #took({ sessions, devices }: Changes, now: number): void {
    for (const id of sessions.added.keys()) this.#dirtySessions.add(id);
    for (const id of sessions.removed.keys()) this.#dirtySessions.add(id);
    for (const [id, { from, to }] of sessions.changed) {
      this.#dirtySessions.add(id);
      if (holds(to.status) && from.status === "down") {
        this.#backUp.set(id, { at: to.since ?? now, downMs: Math.max(0, (to.since ?? now) - (from.since ?? now)) });
      }
    }
    for (const name of devices.changed.keys()) this.#dirtyDevices.add(name);
    const events = sessionEvents(sessions, now < this.#settlingUntil);
    this.#happened(this.#blind(now) ? events.filter((event) => !sightOnly(event.session, sessions)) : events, now);
  }

  /**
   * A source falls silent when its last answer is no longer believed, and is back with its next one. While the collector
   * suspects itself neither is told; whoever is silent still when it no longer does is told then.
   */
  #tellSight({ id, device, error }: SourceHealth, now: number): void {
    const silent = error !== undefined && this.#snapshot.freshnessOf(this.#snapshot.sources.get(id)) === "unknown";
    if (silent === this.#silent.has(id) || this.#blind(now)) return;
    const about = { devices: [device], source: id };
    if (silent) {
      this.#silent.add(id);
      const sentence = `${error.text}.`.replace(/\.\.$/, ".");
      this.#happened([{ kind: "source-silent", tone: "unknown", sentence, ...about }], now);
    } else if (!error) {
      this.#silent.delete(id);
      this.#happened([{ kind: "source-back", tone: "info", sentence: `${id} answers again.`, ...about }], now);
    }
  }

  /** While the collector suspects itself, and just after, losing and regaining sight is one event, not thousands. */
  #blind(now: number): boolean {
    return this.#impaired !== undefined || now < this.#quietUntil;
  }

  #happened(drafts: readonly EventDraft[], now: number): void {
    for (const draft of drafts) {
      this.#seq += 1;
      const event: FabricEvent = { ...draft, seq: this.#seq, at: now };
      this.#events.push(event);
      this.#fresh.push(event);
    }
    if (this.#events.length > KEPT_EVENTS + 500) this.#events.splice(0, this.#events.length - KEPT_EVENTS);
  }

  #takeDelta(now: number): Delta | undefined {
    const sessions = this.#sessionPatches();
    const devices = this.#devicePatches();
    const { sources, seen } = this.#sourcePatches();
    const events = this.#fresh.length > VIEW_EVENTS ? this.#fresh.slice(-VIEW_EVENTS) : this.#fresh;
    this.#fresh = [];
    const impairedChanged = this.#impairedChanged;
    this.#impairedChanged = false;
    if (!sessions && !devices && !sources && !seen && events.length === 0 && !impairedChanged) return undefined;
    this.#n += 1;
    return {
      id: this.id,
      asOf: now,
      ...(sessions && { sessions }),
      ...(devices && { devices }),
      ...(sources && { sources }),
      ...(seen && { seen }),
      ...(events.length > 0 && { events }),
      ...(impairedChanged && { impaired: this.#impaired ?? null }),
    };
  }

  #sessionPatches(): Delta["sessions"] {
    const patches: [string, ReturnType<typeof rowPatch<SessionRow>> | null][] = [];
    for (const id of this.#dirtySessions) {
      const session = this.#snapshot.sessions.get(id);
      const before = this.#rows.get(id);
      if (!session) {
        this.#backUp.delete(id);
        if (this.#rows.delete(id)) patches.push([id, null]);
        continue;
      }
      const row = sessionRow(session, this.#backUp.get(id));
      const patch = rowPatch(before, row);
      if (!patch) continue;
      this.#rows.set(id, row);
      patches.push([id, patch]);
    }
    this.#dirtySessions = new Set();
    return patches.length > 0 ? (Object.fromEntries(patches) as Delta["sessions"]) : undefined;
  }

  #devicePatches(): Delta["devices"] {
    const patches: [string, ReturnType<typeof rowPatch<DeviceRow>>][] = [];
    for (const name of this.#dirtyDevices) {
      const device = this.#snapshot.devices.get(name);
      if (!device) continue;
      const row = deviceRow(device);
      const patch = rowPatch(this.#deviceRows.get(name), row);
      this.#deviceRows.set(name, row);
      if (patch) patches.push([name, patch]);
    }
    this.#dirtyDevices = new Set();
    return patches.length > 0 ? (Object.fromEntries(patches) as Delta["devices"]) : undefined;
  }

  /** Most answers move nothing but their own time: those travel as two numbers. */
  #sourcePatches(): Pick<Delta, "sources" | "seen"> {
    const whole: [string, SourceHealth][] = [];
    const seen: [string, Seen][] = [];
    for (const id of this.#dirtySources) {
      const health = this.#snapshot.sources.get(id);
      if (!health) continue;
      const shown = this.#shown.get(id);
      const quiet =
        shown &&
        shown.state === health.state &&
        shown.error?.text === health.error?.text &&
        !health.trouble &&
        !shown.trouble;
      this.#shown.set(id, health);
      if (quiet && health.lastOkAt !== undefined) {
        if (health.lastOkAt !== shown.lastOkAt) seen.push([id, [health.lastOkAt, health.tookMs ?? 0]]);
      } else whole.push([id, health]);
    }
    this.#dirtySources = new Set();
    return {
      ...(whole.length > 0 && { sources: Object.fromEntries(whole) }),
      ...(seen.length > 0 && { seen: Object.fromEntries(seen) }),
    };
  }
}

/** The session only became unknown, or is known again: nothing happened to it as far as anybody can tell. */
function sightOnly(id: string | undefined, { changed }: Changes["sessions"]): boolean {
  const change = id === undefined ? undefined : changed.get(id);
  return (
    change !== undefined &&
    (change.to.status === "unknown" || (change.from.status === "unknown" && change.to.status === "up"))
  );
}
