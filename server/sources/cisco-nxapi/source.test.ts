import { afterEach, beforeEach, expect, test } from "vitest";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { Secret } from "../../secret.ts";
import type { Source } from "../source.ts";
import { ciscoNxapiSource } from "./source.ts";
import { STORY } from "./test-story.ts";
import { nxosError, type TestNexus, testNexus } from "./test-switch.ts";

let nexus: TestNexus;
let stop: AbortController;
beforeEach(async () => {
  nexus = await testNexus(STORY);
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  nexus.close();
});

function source(): Source {
  return ciscoNxapiSource({
    id: "leaf-1/cisco-nxapi",
    device: "leaf-1",
    url: nexus.url,
    username: "reader",
    password: new Secret("right"),
    tls: { ca: nexus.ca },
    everyMs: 100,
    limits: { deadlineMs: 5_000, maxAnswerBytes: 1_000_000 },
  });
}

async function observed(from: Source, enough: (seen: Observation) => boolean): Promise<Observation> {
  for await (const observation of from.observe(stop.signal)) if (enough(observation)) return observation;
  throw new Error("it ended before");
}

test("a Nexus is told whole: neighbors with cause, ports, LLDP, resources, counts, attachment", async () => {
  const seen = await observed(source(), ({ resources }) => resources !== undefined);
  expect(seen.facts).toMatchObject({
    hostname: "leaf-1",
    system: "Cisco NX-OS",
    version: "9.3(4)",
    asn: 65_011,
    bgp: "on",
  });
  expect(seen.neighbors?.map(({ neighborAddress, state, heldDown }) => [neighborAddress, state, heldDown?.by])).toEqual(
    [
      ["10.1.0.0", "established", undefined],
      ["10.2.0.1", "established", undefined],
      ["10.2.0.3", "idle", undefined],
      ["10.2.0.5", "idle", "admin"],
    ],
  );
  expect(seen.neighbors?.[2]).toMatchObject({
    interface: "Ethernet1/2",
    flaps: 2,
    lastError: { direction: "sent", notification: { code: 4, subcode: 0 }, text: "holdtimer expired error" },
  });
  expect(seen.interfaces?.find(({ name }) => name === "Ethernet1/1")).toMatchObject({
    addresses: ["10.2.0.0/31"],
    vrf: "default",
    lldp: { system: "node-1", port: "eth0" },
  });
  expect(seen.traffic).toEqual([{ interface: "Ethernet1/1", inOctets: 10, outOctets: 20 }]);
  expect(seen.routeCounts?.length).toBeGreaterThan(0);
  expect(seen.addresses?.[0]).toMatchObject({ address: "10.2.0.1", macAddress: "52:54:00:9b:7d:db" });
  expect(seen.trouble).toBeUndefined();
});

test("ages that are told to the second become instants that stay; coarse ones are left out", async () => {
  const from = source();
  const first = await observed(from, () => true);
  const [up, young, , shut] = first.neighbors ?? [];
  expect(Date.now() - (up?.since ?? 0)).toBeGreaterThan(2 * 86_400_000);
  expect(Date.now() - (young?.since ?? 0)).toBeLessThan(1_000_000);
  expect(shut?.since).toBeUndefined();
});

test("a part that fails is told, and takes nothing else with it", async () => {
  nexus.answers.set("show interface", nxosError("% Permission denied for the role"));
  const seen = await observed(source(), ({ resources }) => resources !== undefined);
  expect(seen.trouble).toEqual([{ part: "show interface", text: "% Permission denied for the role" }]);
  expect(seen.neighbors).toHaveLength(4);
  expect(seen.interfaces).toBeUndefined();
});

test("where the summary is unknown the sessions tell the states", async () => {
  nexus.answers.delete("show bgp all summary vrf all");
  const neighbor = {
    "neighbor-id": "10.1.0.0",
    remoteas: "65000",
    state: "Established",
    lastflap: "PT51S",
    connectionsdropped: "3",
  };
  nexus.answers.set("show bgp sessions vrf all", {
    TABLE_vrf: {
      ROW_vrf: { "vrf-name-out": "default", "local-as": "65011", TABLE_neighbor: { ROW_neighbor: neighbor } },
    },
  });
  const seen = await observed(source(), () => true);
  expect(seen.neighbors?.find(({ neighborAddress }) => neighborAddress === "10.1.0.0")?.state).toBe("established");
});

test("nothing at all from the summary is a switch without BGP neighbors, not one that fell silent", async () => {
  nexus.answers.set("show bgp all summary vrf all", null);
  nexus.answers.set("show bgp all neighbors vrf all", null);
  const seen = await observed(source(), () => true);
  expect([seen.neighbors, seen.facts?.bgp]).toEqual([[], "off"]);
});

test("routes are fetched when asked for, and a question that cannot be put is refused in words", async () => {
  const from = source();
  const question = { table: "adj-rib-in-post", family: "ipv4-unicast", vrf: "default" } as const;
  const { routes } = (await from.routes?.({ ...question, neighbor: "10.2.0.1" }, stop.signal)) ?? {};
  expect(routes).toMatchObject([
    { prefix: "10.244.3.64/26", neighbor: "10.2.0.1", path: { asPath: [64_512], origin: "igp", weight: 0 } },
  ]);
  await expect(from.routes?.(question, stop.signal)).rejects.toThrow(/is not asked for the adj-rib-in-post/);
  await expect(from.routes?.({ ...question, neighbor: "10.2.0.9" }, stop.signal)).rejects.toThrow(/Invalid command/);
  const hostile = { ...question, vrf: "x ; reload", neighbor: "10.2.0.1" };
  await expect(from.routes?.(hostile, stop.signal)).rejects.toThrow(/cannot stand in a command/);
});

test("the evidence of a neighbor is its own row of each answer, newest first", async () => {
  const from = source();
  const seen = await observed(from, ({ resources }) => resources !== undefined);
  const evidence = from.evidence(seen.neighbors?.[2]);
  expect(evidence.map(({ command }) => command).sort()).toEqual([
    "show bgp all neighbors vrf all",
    "show bgp all summary vrf all",
    "show interface",
  ]);
  expect(evidence.every(({ text }) => !text.includes("10.2.0.1"))).toBe(true);
});
