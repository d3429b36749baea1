import { describe, expect, test } from "vitest";
import type { Device, Interface, InventoryDevice } from "./device.ts";
import { type Neighbor, neighborId } from "./neighbor.ts";
import type { Observation, SourceHealth } from "./observation.ts";
import type { Session } from "./session.ts";
import { Snapshot } from "./snapshot.ts";

const T = 1_700_000_000_000;
const INVENTORY: readonly InventoryDevice[] = [
  { name: "spine-1", role: "spine" },
  { name: "leaf-1", role: "leaf", rack: "r1" },
  { name: "leaf-2", role: "leaf", rack: "r1" },
  { name: "node-1", role: "node", rack: "r1" },
];

function neighbor(
  device: string,
  localAddress: string | undefined,
  neighborAddress: string,
  more: Partial<Neighbor> = {},
): Neighbor {
  return {
    id: neighborId(device, more.vrf ?? "default", neighborAddress),
    device,
    vrf: "default",
    neighborAddress,
    ...(localAddress !== undefined && { localAddress }),
    state: "established",
    families: [],
    timers: {},
    ...more,
  };
}

function port(name: string, ...addresses: string[]): Interface {
  return { name, addresses, adminUp: true, operUp: true };
}

function health(device: string, lastOkAt: number | undefined, more: Partial<SourceHealth> = {}): SourceHealth {
  return {
    id: `${device}/x`,
    kind: "x",
    device,
    everyMs: 1_000,
    state: "ok",
    address: "unix:/x",
    ...(lastOkAt !== undefined && { lastOkAt }),
    ...more,
  };
}

function tell(snapshot: Snapshot, device: string, at: number, said: Partial<Observation>) {
  return snapshot.observe({ source: `${device}/x`, device, observedAt: at, tookMs: 1, ...said }, health(device, at));
}

function only(snapshot: Snapshot): Session {
  expect(snapshot.sessions.size).toBe(1);
  return [...snapshot.sessions.values()][0] as Session;
}

describe("joining", () => {
  test("two ends whose addresses agree are one session, near being the lower tier, whoever spoke first", () => {
    for (const order of [
      ["leaf-1", "node-1"],
      ["node-1", "leaf-1"],
    ]) {
      const snapshot = new Snapshot(INVENTORY);
      for (const device of order) {
        const [local, remote] = device === "leaf-1" ? ["10.20.1.0", "10.20.1.1"] : ["10.20.1.1", "10.20.1.0"];
        tell(snapshot, device, T, { neighbors: [neighbor(device, local, remote as string)] });
      }
      expect(only(snapshot)).toMatchObject({
        id: "10.20.1.0~10.20.1.1",
        kind: "node-tor",
        seen: "both-ends",
        status: "up",
        near: { device: "node-1" },
        far: { device: "leaf-1" },
      });
    }
  });

  test("an end that does not tell its own address speaks from its port on the neighbor's subnet", () => {
    const snapshot = new Snapshot(INVENTORY);
    tell(snapshot, "leaf-1", T, {
      interfaces: [port("eth1", "10.20.1.0/31")],
      neighbors: [neighbor("leaf-1", undefined, "10.20.1.1")],
    });
    tell(snapshot, "node-1", T, {
      interfaces: [port("eth0", "10.20.1.1/31")],
      neighbors: [neighbor("node-1", undefined, "10.20.1.0")],
    });
    expect(only(snapshot)).toMatchObject({ seen: "both-ends", status: "up" });
  });

  test("a session that one end peers to a loopback and the other to a port is one session", () => {
    const snapshot = new Snapshot(INVENTORY);
    tell(snapshot, "leaf-1", T, {
      interfaces: [port("lo", "10.255.1.1/32"), port("eth1", "10.20.1.0/31")],
      neighbors: [neighbor("leaf-1", undefined, "10.20.1.1")],
    });
    tell(snapshot, "node-1", T, {
      interfaces: [port("eth0", "10.20.1.1/31")],
      neighbors: [neighbor("node-1", "10.20.1.1", "10.255.1.1", { state: "active" })],
    });
    expect(only(snapshot)).toMatchObject({ seen: "both-ends", status: "down", disputed: true });
  });

  test("two sessions over one pair of addresses in two VRFs stay two", () => {
    const snapshot = new Snapshot(INVENTORY);
    const both = (device: string, local: string, remote: string) =>
      ["red", "blue"].map((vrf) => neighbor(device, local, remote, { vrf, id: neighborId(device, vrf, remote) }));
    tell(snapshot, "leaf-1", T, { neighbors: both("leaf-1", "10.0.0.0", "10.0.0.1") });
    tell(snapshot, "spine-1", T, { neighbors: both("spine-1", "10.0.0.1", "10.0.0.0") });
    expect([...snapshot.sessions.keys()].sort()).toEqual(["blue:10.0.0.0~10.0.0.1", "red:10.0.0.0~10.0.0.1"]);
    for (const session of snapshot.sessions.values()) expect(session.seen).toBe("both-ends");
  });

  test("a far device that answers and knows no such neighbor makes the session one-ended, not configured there", () => {
    const snapshot = new Snapshot(INVENTORY);
    tell(snapshot, "leaf-1", T, { interfaces: [port("eth1", "10.20.1.0/31")], neighbors: [] });
    tell(snapshot, "node-1", T, { neighbors: [neighbor("node-1", "10.20.1.1", "10.20.1.0", { state: "active" })] });
    expect(only(snapshot)).toMatchObject({
      seen: "one-end",
      oneEnd: "not-configured",
      status: "down",
      verdict: { cause: "not-configured", fault: { end: "far", where: "leaf-1", certainty: "certain" } },
    });
  });

  test("an address of no known device leaves the far end unnamed", () => {
    const snapshot = new Snapshot(INVENTORY);
    tell(snapshot, "leaf-1", T, { neighbors: [neighbor("leaf-1", "10.0.0.0", "192.0.2.9")] });
    expect(only(snapshot)).toMatchObject({ seen: "one-end", oneEnd: "unknown-device", status: "up" });
  });

  test("a device that never answered is recognised by the addresses of the inventory", () => {
    const snapshot = new Snapshot(
      INVENTORY.map((one) => (one.name === "node-1" ? { ...one, addresses: ["10.20.1.1"] } : one)),
    );
    tell(snapshot, "leaf-1", T, { neighbors: [neighbor("leaf-1", "10.20.1.0", "10.20.1.1", { state: "active" })] });
    expect(only(snapshot)).toMatchObject({ kind: "node-tor", oneEnd: "not-observed", near: { device: "node-1" } });
  });

  test("an unnumbered neighbor's id holds no slash, which a link could not carry", () => {
    const snapshot = new Snapshot(INVENTORY);
    const { neighborAddress: _none, ...unnumbered } = neighbor("leaf-1", undefined, "x", { name: "Ethernet1/1" });
    tell(snapshot, "leaf-1", T, { neighbors: [unnumbered] });
    expect(only(snapshot).id).toBe("Ethernet1_1~leaf-1");
    snapshot.tick(T + 3_000);
    expect(only(snapshot).status).toBe("unknown"); // and it ages like any other
  });

  test("a neighbor that is removed at both ends takes the session with it", () => {
    const snapshot = new Snapshot(INVENTORY);
    tell(snapshot, "leaf-1", T, { neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1")] });
    tell(snapshot, "node-1", T, { neighbors: [neighbor("node-1", "10.0.0.1", "10.0.0.0")] });
    tell(snapshot, "leaf-1", T + 1, { neighbors: [] });
    expect(only(snapshot).seen).toBe("one-end");
    const { sessions } = tell(snapshot, "node-1", T + 2, { neighbors: [] });
    expect(snapshot.sessions.size).toBe(0);
    expect([...sessions.removed.keys()]).toEqual(["10.0.0.0~10.0.0.1"]);
  });
});

describe("status", () => {
  function joined(near: Partial<Neighbor>, far: Partial<Neighbor>) {
    const snapshot = new Snapshot(INVENTORY);
    tell(snapshot, "leaf-1", T, { neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", far)] });
    tell(snapshot, "node-1", T, { neighbors: [neighbor("node-1", "10.0.0.1", "10.0.0.0", near)] });
    return snapshot;
  }

  test("one speaker cannot hold a session up: ends that differ make it down and disputed", () => {
    expect(only(joined({ state: "active" }, {}))).toMatchObject({ status: "down", disputed: true });
  });

  test("an end shut on purpose makes the session admin-down, with the text that reached the other end", () => {
    const session = only(
      joined(
        {
          state: "active",
          lastError: { direction: "received", text: "Administrative shutdown", communication: "CHG-7" },
        },
        { state: "idle", heldDown: { by: "admin" } },
      ),
    );
    expect(session).toMatchObject({
      status: "admin-down",
      verdict: { cause: "admin-shutdown", fault: { end: "far", certainty: "certain" } },
    });
    expect(session.verdict.sentence).toContain("“CHG-7”");
  });

  test("an answer is stale at two intervals and unknown at three; the session follows, never up on missing data", () => {
    const snapshot = joined({}, {});
    snapshot.tick(T + 1_999);
    expect(only(snapshot)).toMatchObject({ status: "up", stale: false });
    snapshot.tick(T + 2_000);
    expect(only(snapshot)).toMatchObject({ status: "up", stale: true });
    snapshot.tick(T + 3_000);
    expect(only(snapshot)).toMatchObject({ status: "unknown", stale: false, verdict: { cause: "source-silent" } });
  });

  test("one silent end leaves the session to the other", () => {
    const snapshot = joined({}, {});
    snapshot.health(health("node-1", T + 5_000), T + 5_000);
    snapshot.tick(T + 5_000);
    expect(only(snapshot)).toMatchObject({ status: "up", stale: false, far: { freshness: "unknown" } });
  });

  test("a status keeps the instant at which it began while the device's own clock moves on", () => {
    const snapshot = joined({}, {});
    tell(snapshot, "leaf-1", T + 500, {
      neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state: "active", since: T + 400 })],
    });
    expect(only(snapshot).since).toBe(T + 400);
    tell(snapshot, "leaf-1", T + 900, {
      neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state: "connect", since: T + 800 })],
    });
    expect(only(snapshot).since).toBe(T + 400);
  });
});

test("the AS of a device that does not tell it is the one that the other end was told in the OPEN", () => {
  const snapshot = new Snapshot(INVENTORY);
  tell(snapshot, "leaf-1", T, { neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { peerAs: 64_512 })] });
  const { devices } = tell(snapshot, "node-1", T, { neighbors: [neighbor("node-1", "10.0.0.1", "10.0.0.0")] });
  expect(devices.changed.get("node-1")?.to.provedAs).toBe(64_512);
  tell(snapshot, "leaf-1", T + 10, { neighbors: [] });
  expect(snapshot.devices.get("node-1")).not.toHaveProperty("provedAs");
});

describe("several sources of one device", () => {
  const from = (snapshot: Snapshot, kind: string, at: number, everyMs: number, said: Partial<Observation>) =>
    snapshot.observe(
      { source: `leaf-1/${kind}`, device: "leaf-1", observedAt: at, tookMs: 1, ...said },
      { id: `leaf-1/${kind}`, kind, device: "leaf-1", everyMs, state: "ok", address: "x", lastOkAt: at },
    );
  const neighbors = (state: Neighbor["state"]) => [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state })];

  test("the one named first counts while it is fresh, then the other, and again the first when it is back", () => {
    const snapshot = new Snapshot(INVENTORY);
    from(snapshot, "a", T, 1_000, { neighbors: neighbors("established") });
    from(snapshot, "b", T + 10, 10_000, { neighbors: neighbors("active") });
    expect(only(snapshot)).toMatchObject({ status: "up", near: { source: "leaf-1/a" } });
    snapshot.tick(T + 2_500);
    expect(only(snapshot)).toMatchObject({ status: "down", near: { source: "leaf-1/b" } });
    from(snapshot, "a", T + 3_000, 1_000, { neighbors: neighbors("established") });
    expect(only(snapshot)).toMatchObject({ status: "up", near: { source: "leaf-1/a" } });
  });

  test("one that no longer tells a neighbor leaves the other's word; when no one tells it, it is gone", () => {
    const snapshot = new Snapshot(INVENTORY);
    from(snapshot, "a", T, 1_000, { neighbors: neighbors("established") });
    from(snapshot, "b", T, 1_000, { neighbors: neighbors("active") });
    from(snapshot, "a", T + 10, 1_000, { neighbors: [] });
    expect(only(snapshot)).toMatchObject({ status: "down", near: { source: "leaf-1/b" } });
    from(snapshot, "b", T + 20, 1_000, { neighbors: [] });
    expect(snapshot.sessions.size).toBe(0);
  });
});

test("that a neighbor is not configured rests on a fresh source that tells neighbors, never on a stale or other one", () => {
  const snapshot = new Snapshot(INVENTORY);
  const lone = { neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state: "active" })] };
  tell(snapshot, "leaf-1", T, lone);
  tell(snapshot, "node-1", T, { interfaces: [port("eth0", "10.0.0.1/31")] });
  expect(only(snapshot).oneEnd).toBe("not-observed");
  tell(snapshot, "node-1", T + 10, { neighbors: [] });
  tell(snapshot, "leaf-1", T + 10, lone);
  expect(only(snapshot).oneEnd).toBe("not-configured");
  tell(snapshot, "leaf-1", T + 2_500, lone);
  snapshot.tick(T + 2_500);
  expect(only(snapshot).oneEnd).toBe("not-observed");
});

describe("cost and order", () => {
  test("the same answer again changes nothing", () => {
    const snapshot = new Snapshot(INVENTORY);
    const said = { interfaces: [port("eth1", "10.0.0.0/31")], neighbors: [neighbor("leaf-1", "10.0.0.0", "10.0.0.1")] };
    tell(snapshot, "leaf-1", T, said);
    const { sessions, devices } = tell(snapshot, "leaf-1", T + 500, structuredClone(said));
    const sizes = [sessions.added.size, sessions.changed.size, sessions.removed.size, devices.changed.size];
    expect(sizes).toEqual([0, 0, 0, 0]);
  });

  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    "seed %d: what was patched equals what is built from scratch",
    (seed) => {
      const random = mulberry(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const patched = begun();
      const last = new Map<string, { health: SourceHealth; observation: Observation }>();
      let now = T;
      for (let step = 0; step < 40; step++) {
        now += Math.floor(random() * 900);
        const device = pick(INVENTORY).name;
        const id = `${device}/${pick(["x", "y"])}`;
        const { interfaces, ...told } = randomObservation(device, now, random, pick);
        const observation = { ...told, source: id, ...(id.endsWith("/x") && interfaces && { interfaces }) };
        const alive = health(device, now, { id });
        patched.observe(observation, alive);
        last.set(id, { health: alive, observation: { ...last.get(id)?.observation, ...observation } });
        patched.tick(now);
      }
      const fresh = begun();
      for (const { health: alive, observation } of last.values()) {
        fresh.observe({ ...observation, observedAt: now }, alive);
      }
      fresh.tick(now);
      expect(plain(patched)).toEqual(plain(fresh));
    },
  );
});

/** As the collector begins: every source is known, in the order of the settings, and has not answered yet. */
function begun(): Snapshot {
  const snapshot = new Snapshot(INVENTORY);
  for (const { name } of INVENTORY) {
    for (const kind of ["x", "y"]) {
      snapshot.health(health(name, undefined, { id: `${name}/${kind}`, state: "waiting" }), T);
    }
  }
  return snapshot;
}

/** Each device has two addresses and one AS of its own; whom it speaks to, from where and how that stands is random. */
function randomObservation(
  device: string,
  at: number,
  random: () => number,
  pick: <T>(list: readonly T[]) => T,
): Observation {
  const place = (name: string) => INVENTORY.findIndex((one) => one.name === name);
  const addressesOf = (name: string) => [`10.0.0.${place(name)}`, `10.0.1.${place(name)}`];
  const some = <T>(list: readonly T[]) => list.filter(() => random() < 0.5);
  const others = INVENTORY.filter(({ name }) => name !== device);
  const neighbors = some(others.flatMap(({ name }) => addressesOf(name).map((remote) => ({ name, remote })))).map(
    ({ name, remote }) => {
      const state = pick(["established", "active", "idle"] as const);
      return neighbor(device, random() < 0.7 ? pick(addressesOf(device)) : undefined, remote, {
        state,
        ...(random() < 0.2 && { heldDown: { by: "admin" } }),
        peerAs: state === "established" ? 65_000 + place(name) : pick([65_001, 65_002]),
        ...(random() < 0.3 && { localAs: 65_000 + place(device) }),
      });
    },
  );
  const interfaces = some(addressesOf(device)).map((address, i) => port(`eth${i}`, `${address}/24`));
  return { source: `${device}/x`, device, observedAt: at, tookMs: 1, neighbors, ...(random() < 0.7 && { interfaces }) };
}

/** Without `since`, which remembers, and with ends in full. */
function plain(snapshot: Snapshot) {
  const sessions = [...snapshot.sessions.values()]
    .map(({ since: _since, ...rest }) => rest)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const devices = [...snapshot.devices.values()].map((device: Device) => ({
    ...device,
    sources: [...device.sources].sort(),
  }));
  return { sessions, devices };
}

function mulberry(seed: number): () => number {
  let a = seed + 1;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
