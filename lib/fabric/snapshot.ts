import { type Diff, squash } from "../values/diff.ts";
import { same } from "../values/same.ts";
import { AddressBook } from "./addresses.ts";
import { buildSession, type Surroundings } from "./build-session.ts";
import type { Device, DeviceFacts, Interface, InventoryDevice } from "./device.ts";
import { type DeviceState, DeviceStates } from "./device-state.ts";
import type { Neighbor } from "./neighbor.ts";
import { deviceOf, NeighborIndex } from "./neighbor-index.ts";
import { type Freshness, freshness, type Observation, type SourceHealth } from "./observation.ts";
import { pairUp, speaksFrom } from "./pairing.ts";
import { PortErrors } from "./port-errors.ts";
import { holds, type Session } from "./session.ts";

export interface Changes {
  readonly sessions: Diff<Session>;
  readonly devices: Diff<Device>;
}

/**
 * The whole fabric as far as known, built observation by observation: each costs what it changes, not what the fabric
 * holds. Records are immutable, so that whoever kept one may compare it by identity.
 *
 * What was patched equals what is built from scratch, but for what rests on watching: `since`, and errors that grew.
 */
export class Snapshot implements Surroundings {
  readonly book = new AddressBook();
  readonly #devices = new Map<string, Device>();
  readonly #sources = new Map<string, SourceHealth>();
  readonly #freshness = new Map<string, Freshness>();
  readonly #neighbors = new NeighborIndex((source, other) => this.#prefers(source, other));
  readonly #portErrors = new PortErrors();
  readonly #states = new DeviceStates();
  readonly #sessions = new Map<string, Session>();
  readonly #sessionOf = new Map<string, string>();
  readonly #touchedDevices = new Map<string, Device>();
  /** Neighbor id -> the device that it was last found to face: whom its leaving may set free. */
  readonly #faced = new Map<string, string>();
  readonly #knownAs = new Map<string, number>();
  #now = 0;

  constructor(inventory: readonly InventoryDevice[]) {
    for (const device of inventory) {
      this.#devices.set(device.name, { ...device, facts: {}, interfaces: [], sources: [] });
      if (device.addresses) this.book.tell(device.name, "inventory", device.addresses);
    }
  }

  get sessions(): ReadonlyMap<string, Session> {
    return this.#sessions;
  }

  get devices(): ReadonlyMap<string, Device> {
    return this.#devices;
  }

  get sources(): ReadonlyMap<string, SourceHealth> {
    return this.#sources;
  }

  /** What a source said, and how it is doing since: one change, so that an old answer never looks fresh for a moment. */
  observe(observation: Observation, health: SourceHealth): Changes {
    const { device: name, source } = observation;
    const dirty = this.#heard(health, observation.observedAt);
    if (observation.facts || observation.interfaces)
      this.#device(name, observation.facts, observation.interfaces, dirty);
    this.#states.take(observation);
    if (observation.neighbors) this.#replaceNeighbors(source, name, observation.neighbors, dirty);
    return this.#rebuild(dirty);
  }

  /** How a source is doing. Ages count from `lastOkAt`, so this must follow every answer and every failure. */
  health(health: SourceHealth, now: number): Changes {
    return this.#rebuild(this.#heard(health, now));
  }

  #heard(health: SourceHealth, now: number): Set<string> {
    this.#now = Math.max(this.#now, now);
    const before = this.#sources.get(health.id);
    this.#sources.set(health.id, health);
    const device = this.#devices.get(health.device);
    if (device && !device.sources.includes(health.id)) {
      this.#setDevice({ ...device, sources: [...device.sources, health.id] });
    }
    const fresh = freshness(health.lastOkAt, health.everyMs, now);
    const aged = this.#freshness.get(health.id) !== fresh;
    this.#freshness.set(health.id, fresh);
    if (aged) this.#neighbors.chooseAgain(health.id);
    return aged || before?.error?.reason !== health.error?.reason ? this.#neighborsAround(health.device) : new Set();
  }

  /** Lets time pass: answers grow stale, then unknown. */
  tick(now: number): Changes {
    this.#now = Math.max(this.#now, now);
    const dirty = new Set<string>();
    for (const [id, { lastOkAt, everyMs, device }] of this.#sources) {
      const fresh = freshness(lastOkAt, everyMs, now);
      if (this.#freshness.get(id) === fresh) continue;
      this.#freshness.set(id, fresh);
      this.#neighbors.chooseAgain(id);
      for (const neighbor of this.#neighborsAround(device)) dirty.add(neighbor);
    }
    return this.#rebuild(dirty);
  }

  device(name: string): Device | undefined {
    return this.#devices.get(name);
  }

  sourceOf(neighbor: Neighbor): SourceHealth | undefined {
    return this.#sources.get(this.#neighbors.sourceOf(neighbor.id) ?? "");
  }

  /** Of two sources of one device that which may be believed longer, else the one that its settings name first. */
  #prefers(source: string, other: string): boolean {
    const [a, b] = [source, other].map((id) => FRESHEST_FIRST.indexOf(this.#freshness.get(id) ?? "unknown"));
    if (a !== b) return (a ?? 0) < (b ?? 0);
    const order = this.#devices.get(this.#sources.get(source)?.device ?? "")?.sources ?? [];
    return order.indexOf(source) < order.indexOf(other);
  }

  /** A source that may be believed and has told the device's neighbors: what it does not name is not there. */
  tellsNeighborsOf(device: string): SourceHealth | undefined {
    const id = this.#devices
      .get(device)
      ?.sources.find((source) => this.#freshness.get(source) === "fresh" && this.#neighbors.tells(source));
    return id === undefined ? undefined : this.#sources.get(id);
  }

  /** What of the device moves all the time, each part by the source that counts. */
  stateOf(device: string): DeviceState {
    return this.#states.of(device, (source, other) => this.#prefers(source, other));
  }

  /** Input errors that the port counted in the last quarter of an hour. */
  newErrors(device: string, port: string): number | undefined {
    return this.#portErrors.recent(device, port, this.#now);
  }

  /** The one that answered last. */
  anySourceOf(device: string): SourceHealth | undefined {
    const sources = (this.#devices.get(device)?.sources ?? []).flatMap((id) => this.#sources.get(id) ?? []);
    return sources.sort((a, b) => (b.lastOkAt ?? 0) - (a.lastOkAt ?? 0))[0];
  }

  freshnessOf(source: SourceHealth | undefined): Freshness {
    return (source && this.#freshness.get(source.id)) ?? "unknown";
  }

  /** By the device's own word, or by what the other ends of its established sessions were told in the OPEN. */
  knownAs(device: string): number | undefined {
    return this.#knownAs.get(device);
  }

  #proveAs(device: string): number | undefined {
    const told = this.#devices.get(device)?.facts.asn;
    if (told !== undefined) return told;
    for (const ids of this.#neighbors.of(device).values()) {
      for (const id of ids) {
        const neighbor = this.#neighbors.get(id);
        if (neighbor?.localAs !== undefined) return neighbor.localAs;
        if (neighbor?.state !== "established") continue;
        const other = this.#otherEnd(neighbor);
        if (other?.state === "established" && other.peerAs !== undefined) return other.peerAs;
      }
    }
    return undefined;
  }

  #otherEnd(neighbor: Neighbor): Neighbor | undefined {
    const session = this.#sessions.get(this.#sessionOf.get(neighbor.id) ?? "");
    const other = session?.near.neighbor?.id === neighbor.id ? session.far : session?.near;
    return other?.neighbor;
  }

  #device(
    name: string,
    facts: DeviceFacts | undefined,
    ports: readonly Interface[] | undefined,
    dirty: Set<string>,
  ): void {
    const device = this.#devices.get(name);
    if (!device) return;
    const merged = facts ? { ...device.facts, ...facts } : device.facts;
    const next = { ...device, facts: merged, interfaces: ports ?? device.interfaces };
    if (same(device, next)) return;
    this.#setDevice(next);
    if (ports) this.#portErrors.tell(name, device.interfaces, ports, this.#now);
    const portsChanged = ports !== undefined && !same(device.interfaces, ports);
    if (!portsChanged && device.facts.asn === merged.asn) return;
    for (const id of this.#neighborsAround(name)) dirty.add(id);
    if (portsChanged) this.#addressesMoved(this.book.tellPorts(name, ports), dirty);
  }

  #setDevice(device: Device): void {
    const before = this.#devices.get(device.name);
    if (before && !this.#touchedDevices.has(device.name)) this.#touchedDevices.set(device.name, before);
    this.#devices.set(device.name, device);
  }

  #replaceNeighbors(source: string, device: string, list: readonly Neighbor[], dirty: Set<string>): void {
    // Its first word on its neighbors, be it that there are none, settles what others' lone ends may mean.
    if (!this.#neighbors.tells(source)) for (const id of this.#neighborsAround(device)) dirty.add(id);
    const { changed, localAddresses } = this.#neighbors.replace(source, list);
    for (const id of changed) dirty.add(id);
    if (localAddresses) this.#addressesMoved(this.book.tell(device, source, localAddresses), dirty);
  }

  /** Whoever speaks to an address whose owner changed may now have another other end. */
  #addressesMoved(addresses: readonly string[], dirty: Set<string>): void {
    for (const address of addresses) for (const id of this.#neighbors.speakersTo(address)) dirty.add(id);
  }

  /** The device's neighbors, and those of others that face it. */
  #neighborsAround(device: string): Set<string> {
    const around = new Set<string>();
    for (const ids of this.#neighbors.of(device).values()) for (const id of ids) around.add(id);
    for (const id of [...around]) {
      const session = this.#sessions.get(this.#sessionOf.get(id) ?? "");
      for (const end of [session?.near, session?.far]) if (end?.neighbor) around.add(end.neighbor.id);
    }
    for (const address of this.book.addressesOf(device)) {
      for (const id of this.#neighbors.speakersTo(address)) around.add(id);
    }
    return around;
  }

  #rebuild(dirty: ReadonlySet<string>): Changes {
    const first = this.#rebuildSessions(dirty);
    const second = this.#rebuildSessions(this.#asMoved(dirty, first));
    return { sessions: squash(first, second), devices: this.#deviceChanges() };
  }

  /** What is known of a device's AS rests on its sessions, and their verdicts on it: whom to look at again. */
  #asMoved(dirty: ReadonlySet<string>, { added, changed, removed }: Diff<Session>): Set<string> {
    const devices = new Set<string>();
    for (const id of dirty) devices.add(deviceOf(id));
    for (const session of [...added.values(), ...removed.values(), ...[...changed.values()].map(({ to }) => to)]) {
      for (const { device } of [session.near, session.far]) if (device !== undefined) devices.add(device);
    }
    const again = new Set<string>();
    for (const device of devices) {
      const asn = this.#proveAs(device);
      if (asn === this.#knownAs.get(device)) continue;
      if (asn === undefined) this.#knownAs.delete(device);
      else this.#knownAs.set(device, asn);
      this.#proved(device, asn);
      for (const id of this.#neighborsAround(device)) again.add(id);
    }
    return again;
  }

  #proved(name: string, asn: number | undefined): void {
    const device = this.#devices.get(name);
    if (!device) return;
    const { provedAs: _before, ...rest } = device;
    this.#setDevice(asn === undefined || rest.facts.asn !== undefined ? rest : { ...rest, provedAs: asn });
  }

  #rebuildSessions(dirty: ReadonlySet<string>): Diff<Session> {
    const added = new Map<string, Session>();
    const changed = new Map<string, { from: Session; to: Session }>();
    const removed = new Map<string, Session>();
    const built = new Set<string>();
    const orphaned = new Set<string>();
    for (const id of dirty) {
      const old = this.#sessionOf.get(id);
      if (old !== undefined) orphaned.add(old);
    }
    const todo = new Set(dirty);
    for (const old of orphaned) {
      const session = this.#sessions.get(old);
      for (const end of [session?.near, session?.far]) if (end?.neighbor) todo.add(end.neighbor.id);
    }
    for (const id of dirty) {
      const device = deviceOf(id);
      const faced = this.#faced.get(id);
      if (faced === undefined) continue;
      for (const one of [...this.#spokenTo(device, faced), ...this.#spokenTo(faced, device)]) todo.add(one.id);
    }
    const done = new Set<string>();
    for (const id of todo) {
      const neighbor = this.#neighbors.get(id);
      if (!neighbor) {
        this.#sessionOf.delete(id);
        this.#faced.delete(id);
        continue;
      }
      if (done.has(id)) continue;
      for (const [one, other] of this.#joined(neighbor)) {
        for (const end of [one, other]) {
          if (!end) continue;
          done.add(end.id);
          const was = this.#sessionOf.get(end.id);
          if (was !== undefined) orphaned.add(was);
        }
        const session = buildSession(one, other, this);
        const key = built.has(session.id) ? `${session.id}~${one.id}` : session.id;
        built.add(key);
        for (const end of [one, other]) if (end) this.#sessionOf.set(end.id, key);
        const from = this.#sessions.get(key);
        const to = this.#withSince(key === session.id ? session : { ...session, id: key });
        if (from !== undefined && same(from, to)) continue;
        this.#sessions.set(key, to);
        if (from) changed.set(key, { from, to });
        else added.set(key, to);
      }
    }
    for (const id of orphaned) {
      const session = this.#sessions.get(id);
      if (!session || built.has(id)) continue;
      this.#sessions.delete(id);
      removed.set(id, session);
    }
    return { added, changed, removed };
  }

  /** All sessions between this neighbor's device and the one it speaks to; or the neighbor alone. */
  #joined(neighbor: Neighbor): readonly (readonly [Neighbor, Neighbor | undefined])[] {
    const facing = this.#facing(neighbor);
    if (facing === undefined) {
      this.#faced.delete(neighbor.id);
      return [[neighbor, undefined]];
    }
    const ours = this.#spokenTo(neighbor.device, facing);
    const theirs = this.#spokenTo(facing, neighbor.device);
    for (const { id } of ours) this.#faced.set(id, facing);
    for (const { id } of theirs) this.#faced.set(id, neighbor.device);
    const { pairs, alone } = pairUp(ours, theirs, this.book);
    return [...pairs.map(({ a, b }) => [a, b] as const), ...alone.map((one) => [one, undefined] as const)];
  }

  /** The device that holds the neighbor's address. Of several that do (an anycast address), the one that speaks back. */
  #facing(neighbor: Neighbor): string | undefined {
    const address = neighbor.neighborAddress;
    if (address === undefined) return undefined;
    const owners = [...this.book.ownersOf(address)].filter((name) => name !== neighbor.device).sort();
    if (owners.length <= 1) return owners[0];
    const from = speaksFrom(neighbor, this.book);
    return from === undefined ? undefined : owners.find((name) => this.#neighbors.of(name).has(from));
  }

  #spokenTo(device: string, other: string): readonly Neighbor[] {
    const byAddress = this.#neighbors.of(device);
    const found: Neighbor[] = [];
    for (const address of this.book.addressesOf(other)) {
      for (const id of byAddress.get(address) ?? []) {
        const neighbor = this.#neighbors.get(id);
        if (neighbor && this.#facing(neighbor) === other) found.push(neighbor);
      }
    }
    return found;
  }

  /** Keeps the start of a status that lasts; takes what the ends tell for one that begins, if that is believable. */
  #withSince(session: Session): Session {
    const before = this.#sessions.get(session.id);
    const told = toldSince(session);
    if (before && before.status === session.status) {
      const since = session.status === "up" ? (told ?? before.since) : before.since;
      return since === undefined ? session : { ...session, since };
    }
    // Of a session first seen degraded, the ends tell when it came up, not when the trouble began.
    const since = before ? believable(told, this.#now) : session.status === "degraded" ? undefined : told;
    return since === undefined ? session : { ...session, since };
  }

  #deviceChanges(): Diff<Device> {
    const changed = new Map<string, { from: Device; to: Device }>();
    for (const [name, from] of this.#touchedDevices) {
      const to = this.#devices.get(name);
      if (to) changed.set(name, { from, to });
    }
    this.#touchedDevices.clear();
    return { added: new Map(), changed, removed: new Map() };
  }
}

const FRESHEST_FIRST: readonly Freshness[] = ["fresh", "stale", "unknown"];

/** A device's own time for a change that we just learnt is taken when it lies in the last two minutes; else it is another. */
const RECENT_MS = 120_000;

function believable(told: number | undefined, now: number): number {
  return told !== undefined && told <= now && now - told < RECENT_MS ? told : now;
}

/** For a session that is up the later of both ends' times, else the earliest that an end without it tells. */
function toldSince({ status, near, far }: Session): number | undefined {
  const ends = [near, far].flatMap(({ neighbor, freshness: fresh }) =>
    neighbor && fresh !== "unknown" ? [neighbor] : [],
  );
  const up = holds(status);
  const times = ends.flatMap(({ state, since }) =>
    (state === "established") === up && since !== undefined ? [since] : [],
  );
  if (times.length === 0) return undefined;
  return up ? Math.max(...times) : Math.min(...times);
}
