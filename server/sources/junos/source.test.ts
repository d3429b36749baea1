import { afterEach, beforeEach, expect, test } from "vitest";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { Secret } from "../../secret.ts";
import type { Source } from "../source.ts";
import { junosSource } from "./source.ts";
import { type TestDevice, testDevice } from "./test-device.ts";
import { STORY } from "./test-story.ts";

let device: TestDevice;
let stop: AbortController;
beforeEach(async () => {
  device = await testDevice(STORY);
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  device.close();
});

function source(): Source {
  return junosSource({
    id: "leaf-1/junos",
    device: "leaf-1",
    username: "reader",
    via: {
      netconf: { host: "127.0.0.1", port: device.port },
      login: { password: new Secret("right") },
      hostKey: device.hostKey,
    },
    everyMs: 100,
    limits: { deadlineMs: 5_000, maxAnswerBytes: 1_000_000 },
  });
}

async function observed(from: Source, enough: (seen: Observation) => boolean): Promise<Observation> {
  for await (const observation of from.observe(stop.signal)) if (enough(observation)) return observation;
  throw new Error("it ended before");
}

test("a Junos device is told whole, each peer in its instance from the first answer on", async () => {
  const from = source();
  const first = await observed(from, () => true);
  expect(first.neighbors?.map(({ id }) => id)).toEqual(["leaf-1|default|10.1.0.0", "leaf-1|pods|10.2.0.1"]);
  const seen = await observed(from, ({ interfaces }) => interfaces !== undefined);
  expect(seen.facts).toMatchObject({
    hostname: "leaf-1",
    system: "Junos",
    version: "21.4R3",
    model: "qfx5120",
    asn: 65_011,
    routerId: "10.0.0.11",
    bgp: "on",
  });
  const [spine, node] = seen.neighbors ?? [];
  expect(spine).toMatchObject({
    state: "established",
    localAddress: "10.1.0.1",
    interface: "xe-0/0/48.0",
    families: [{ family: "ipv4-unicast", negotiated: true, received: 42, accepted: 40, best: 30, advertised: 12 }],
    timers: { holdSec: 90, keepaliveSec: 30 },
    password: "none",
  });
  expect(Date.now() - (spine?.since ?? 0)).toBeGreaterThan(27_000_000);
  expect(node).toMatchObject({
    vrf: "pods",
    state: "active",
    flaps: 3,
    password: "set",
    lastError: { direction: "sent", notification: { code: 4, subcode: 0 } },
    bfd: { state: "down", intervalMs: 300, multiplier: 3 },
  });
  expect(seen.interfaces?.map(({ name, operUp, addresses }) => [name, operUp, ...addresses])).toEqual([
    ["xe-0/0/1", false],
    ["xe-0/0/1.0", false, "10.2.0.0/31"],
  ]);
  expect(seen.interfaces?.[0]?.lldp).toEqual({ system: "node-1", port: "eth0" });
});

test("what the routing engine has left is told beside the ports", async () => {
  const seen = await observed(source(), ({ resources }) => resources !== undefined);
  expect(seen.resources).toEqual({ cpuPercent: 3, memoryTotalBytes: 2_147_483_648, memoryUsedBytes: 1_073_741_824 });
});

test("BGP that does not run is an answer: no neighbors, and BGP off", async () => {
  const none = "<output>BGP is not running</output>";
  device.answers.set("get-bgp-summary-information", none).set("get-bgp-neighbor-information", none);
  const seen = await observed(source(), () => true);
  expect([seen.neighbors, seen.facts?.bgp]).toEqual([[], "off"]);
});

test("routes are fetched when asked for; a name that could be more than a name is refused", async () => {
  const from = source();
  const question = { table: "adj-rib-in-pre", family: "ipv4-unicast", vrf: "default" } as const;
  const { routes } = (await from.routes?.({ ...question, neighbor: "10.2.0.1" }, stop.signal)) ?? {};
  expect(routes).toMatchObject([
    { prefix: "10.244.3.64/26", best: true, path: { asPath: [64_512] }, nextHops: [{ address: "10.2.0.1" }] },
  ]);
  expect(device.asked.at(-1)).toContain(
    "<receive-protocol-name>bgp</receive-protocol-name><peer>10.2.0.1</peer><table>inet.0</table><detail/>",
  );
  const hostile = { ...question, neighbor: "x></peer><reboot/>" };
  await expect(from.routes?.(hostile, stop.signal)).rejects.toThrow(/cannot stand in a command/);
});

test("the evidence of a neighbor is its own element, as XML", async () => {
  const from = source();
  const seen = await observed(from, ({ resources }) => resources !== undefined);
  const evidence = from.evidence(seen.neighbors?.[1]);
  expect(evidence.map(({ command }) => command).sort()).toEqual([
    "get-bfd-session-information",
    "get-bgp-neighbor-information",
    "get-bgp-summary-information",
  ]);
  expect(evidence.every(({ text }) => text.includes("10.2.0.1") && !text.includes("10.1.0.0"))).toBe(true);
});
