import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { makeCertificates } from "./certificates.ts";
import { answerControl } from "./control.ts";
import { startDemo } from "./demo.ts";
import { startEapiDevice } from "./eapi-device.ts";
import { planFabric } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { World } from "./world.ts";

const SIZE = { spines: 1, racks: 1, nodesPerRack: 1 };
const directory = mkdtempSync(join(tmpdir(), "pg-demo-start-"));
const start = (where = directory) =>
  startDemo({ directory: where, size: SIZE, seed: 1, paused: true, speed: 1, everySec: 1 });
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("what a demo that was killed left behind does not hinder the next one, and a clean end leaves nothing", async () => {
  const first = await start();
  await first.close();
  writeFileSync(join(directory, "node-01.ctl"), "");
  writeFileSync(join(directory, "demo.ctl"), "");

  const second = await start();
  expect(statSync(join(directory, "node-01.ctl")).isSocket()).toBe(true);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, "password")).mode & 0o777).toBe(0o600);
  await second.close();
  expect(readdirSync(directory)).toEqual([]);
});

test("a directory too long for a unix socket is refused in words, before anything is made", async () => {
  const long = join(directory, "x".repeat(100));
  await expect(start(long)).rejects.toThrow(/too long for the sockets/);
  expect(existsSync(long)).toBe(false);
});

test("a dead node takes the connection and says nothing; healed, it greets again", async () => {
  const demo = await start();
  const path = join(directory, "node-01.ctl");
  try {
    await say("inject dead node-01");
    expect(await heard(connect(path))).toBe("");
    await say("heal node-01");
    expect(await heard(connect(path))).toMatch(/^0001 BIRD /);
  } finally {
    await demo.close();
  }
});

test("a dead switch takes the connection and never shakes hands; healed, it drops what it held", async () => {
  const world = new World(planFabric(SIZE, 1), Date.now, seededRandom(1));
  const device = world.devices.get("leaf-1");
  if (!device) throw new Error("no leaf-1");
  const certificates = await makeCertificates(["leaf-1"], Date.now());
  const eapi = await startEapiDevice(world, device, {
    certificates,
    credentials: { username: "u", password: "p" },
    clock: Date.now,
  });
  try {
    world.inject({ kind: "dead", at: "leaf-1" });
    const socket = connect(eapi.port, "127.0.0.1");
    expect(await heard(socket, false)).toBe("");
    const dropped = new Promise((done) => socket.once("close", done));
    world.healAll();
    eapi.follow();
    await dropped;
  } finally {
    await eapi.close();
  }
});

test("pause and resume reach the weather", async () => {
  const world = new World(planFabric(SIZE, 1), Date.now, seededRandom(1));
  const weather = {
    paused: false,
    pause: () => Object.assign(weather, { paused: true }),
    resume: () => Object.assign(weather, { paused: false }),
  };
  const steering = { world, weather, changed: async () => {} };
  expect(await answerControl(steering, "pause")).toEqual({ ok: true, paused: true });
  expect(await answerControl(steering, " resume ")).toEqual({ ok: true, paused: false });
});

/** All that comes within 150 ms. */
function heard(socket: Socket, hangUp = true): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", reject);
    setTimeout(() => {
      if (hangUp) socket.destroy();
      resolve(text);
    }, 150);
  });
}

function say(line: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(join(directory, "demo.ctl"), () => socket.write(`${line}\n`));
    socket.on("error", reject);
    socket.on("data", () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}
