import { expect, test } from "vitest";
import { planFabric } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { SIZES } from "./size.ts";
import { Weather } from "./weather.ts";
import { World } from "./world.ts";

function weatherOf(seed: number, options: { speed?: number; paused?: boolean } = {}) {
  const time = { now: 1_790_000_000_000 };
  const world = new World(planFabric(SIZES.small, seed), () => time.now, seededRandom(seed + 1));
  const weather = new Weather(world, seededRandom(seed + 2), options);
  const pass = (sec: number) => {
    for (let i = 0; i < sec; i++) {
      time.now += 1_000;
      weather.look();
    }
  };
  return { world, weather, pass };
}

test("all is well for 40 s, then a neighbor is shut with the operator's text", () => {
  const { world, pass } = weatherOf(1);
  pass(39);
  expect(world.standing()).toEqual([]);
  pass(2);
  expect(world.standing()).toMatchObject([{ kind: "admin-down", text: "CHG-2209 line card swap" }]);
});

test("the seed decides the whole story and the chance after it", () => {
  const tell = (seed: number) => {
    const { world, pass } = weatherOf(seed);
    return Array.from({ length: 60 }, () => {
      pass(30);
      return world.standing();
    });
  };
  expect(tell(3)).toEqual(tell(3));
  expect(tell(3)).not.toEqual(tell(4));
});

test("paused weather stands still, and goes on where it stood", () => {
  const { world, weather, pass } = weatherOf(1, { paused: true });
  pass(3_600);
  expect(world.standing()).toEqual([]);
  weather.resume();
  pass(39);
  weather.pause();
  pass(600);
  expect(world.standing()).toEqual([]);
  weather.resume();
  pass(2);
  expect(world.standing()).toHaveLength(1);
});

test("ten times the speed brings the first fault after 4 s", () => {
  const { world, pass } = weatherOf(1, { speed: 10 });
  pass(3);
  expect(world.standing()).toEqual([]);
  pass(2);
  expect(world.standing()).toHaveLength(1);
});

test.each([1, 2, 3, 4])("seed %d: for three hours few faults stand at once, and none for good", (seed) => {
  const { world, pass } = weatherOf(seed);
  const since = new Map<object, number>();
  const kinds = new Set<string>();
  for (let sec = 0; sec < 3 * 3_600; sec += 5) {
    pass(5);
    const standing = world.standing();
    expect(standing.length).toBeLessThanOrEqual(5);
    for (const fault of standing) {
      kinds.add(fault.kind);
      since.set(fault, since.get(fault) ?? sec);
      expect(sec - (since.get(fault) ?? sec), JSON.stringify(fault)).toBeLessThan(280);
    }
  }
  expect(kinds.size).toBeGreaterThan(9);
});

test("what a person made in the same place, the weather does not heal", () => {
  const { world, pass } = weatherOf(1);
  pass(41);
  const [own] = world.standing();
  if (!own) throw new Error("no fault stands");
  world.heal(own.at, own.towards);
  const byHand = { ...own, text: "by hand" };
  expect(world.inject(byHand)).toBeUndefined();
  pass(400);
  expect(world.standing()).toContain(byHand);
});
