import { expect, test } from "vitest";
import { isUp } from "./end.ts";
import type { Fault } from "./fault.ts";
import { DEVICE_FAULTS, SESSION_FAULTS } from "./fault.ts";
import { planFabric } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { checkSize, SIZES } from "./size.ts";
import { World } from "./world.ts";

const START = 1_790_000_000_000;

function fabric(seed: number) {
  const time = { now: START };
  const world = new World(
    planFabric({ spines: 2, racks: 3, nodesPerRack: 4 }, seed),
    () => time.now,
    seededRandom(seed),
  );
  return { world, time };
}

/** Whatever one end received is what the other sent, and nobody chose more than was heard. */
function expectSumsToAddUp(world: World): void {
  const routes = world.routes();
  for (const { ends } of world.sessions) {
    const [upper, lower] = ends;
    for (const [self, other] of [
      [upper, lower],
      [lower, upper],
    ] as const) {
      const received = routes.received(self);
      if (isUp(self) && isUp(other))
        expect(received, `${self.device.name} from ${other.device.name}`).toBe(routes.advertised(other));
      if (!isUp(self)) expect(received).toBe(0);
      expect(routes.best(self)).toBeLessThanOrEqual(received);
      expect(received).toBeGreaterThanOrEqual(0);
    }
  }
}

test("in calm weather every session is up at both ends, and the sums add up", () => {
  const { world } = fabric(1);
  expect(world.sessions).toHaveLength(2 * 6 + 12 * 2);
  expect(world.sessions.every(({ ends }) => ends.every(isUp))).toBe(true);
  expectSumsToAddUp(world);
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  "seed %d: after any weather the sums add up, and healing all brings all back",
  (seed) => {
    const { world, time } = fabric(seed);
    const random = seededRandom(1_000 + seed);
    const names = [...world.devices.keys()];
    const kinds = [...Object.keys(SESSION_FAULTS), ...Object.keys(DEVICE_FAULTS)] as Fault["kind"][];
    let injected = 0;
    for (let step = 0; step < 60; step++) {
      time.now += random.whole(20_000);
      const kind = random.pick(kinds);
      const at = random.pick(names);
      const peers = world.devices.get(at)?.ends.map((end) => end.peer.name) ?? [];
      const fault: Fault = kind in DEVICE_FAULTS ? { kind, at } : { kind, at, towards: random.pick(peers) };
      if (random.next() < 0.3) world.heal(at);
      else if (!world.inject(fault)) injected += 1;
      expectSumsToAddUp(world);
    }
    expect(injected).toBeGreaterThan(5);
    world.healAll();
    expect(world.standing()).toEqual([]);
    for (let sec = 0; sec < 180; sec++) {
      time.now += 1_000;
      world.advance();
    }
    expect(world.sessions.filter(({ ends }) => !ends.every(isUp))).toEqual([]);
    expectSumsToAddUp(world);
  },
);

test("the same seed gives the same fabric and the same weather", () => {
  const tell = () => {
    const { world, time } = fabric(4);
    world.inject({ kind: "flap", at: "leaf-1", towards: world.devices.get("leaf-1")?.ends[0]?.peer.name ?? "" });
    time.now += 900;
    world.advance();
    return world.sessions.map(({ ends }) => ends.map((end) => [end.changedAt, end.timesUp, end.device.asn]));
  };
  expect(tell()).toEqual(tell());
});

test("addresses are unique, both ends of a link know each other, and AS numbers run beyond two octets when they must", () => {
  const plan = planFabric(SIZES.huge, 1);
  const ports = plan.devices.flatMap((device) => device.ports);
  expect(new Set(ports.map((port) => port.address)).size).toBe(ports.length);
  const byAddress = new Map(ports.map((port) => [port.address, port]));
  for (const port of ports) expect(byAddress.get(port.peerAddress)?.peerAddress).toBe(port.address);
  const nodes = plan.devices.filter((device) => device.role === "node");
  expect(nodes).toHaveLength(5_000);
  expect(new Set(nodes.map((node) => node.asn)).size).toBe(5_000);
  expect(Math.max(...nodes.map((node) => node.asn))).toBeGreaterThan(4_200_000_000);
});

test.each([
  { spines: 0, racks: 1, nodesPerRack: 1 },
  { spines: 2, racks: 1.5, nodesPerRack: 1 },
  { spines: 2, racks: 1_000, nodesPerRack: 250 },
])("a fabric that the numbering plan cannot hold is refused in words: %o", (size) => {
  expect(() => checkSize(size)).toThrow(RangeError);
});
