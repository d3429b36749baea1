import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { Secret } from "../../secret.ts";
import type { Source } from "../source.ts";
import { SourceError } from "../source-error.ts";
import { aristaEapiSource } from "./source.ts";
import { eosError, type TestSwitch, testSwitch } from "./test-switch.ts";

const SUMMARY = "show bgp summary vrf all";
const DETAILS = "show bgp neighbors vrf all";

let leaf: TestSwitch;
let stop: AbortController;
let watching: AsyncIterator<Observation> | undefined;
beforeEach(async () => {
  leaf = await testSwitch();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await watching?.return?.();
  watching = undefined;
  leaf.close();
});

function source(login: "basic" | "session" = "basic", deadlineMs = 2_000): Source {
  return aristaEapiSource({
    id: "leaf-1/arista-eapi",
    device: "leaf-1",
    url: leaf.url,
    username: "reader",
    password: new Secret("right"),
    login,
    tls: { ca: leaf.ca },
    everyMs: 40,
    limits: { deadlineMs, maxAnswerBytes: 1024 * 1024 },
  });
}

async function next(): Promise<Observation> {
  const { value, done } = (await watching?.next()) ?? { done: true, value: undefined };
  if (done || !value) throw new Error("the source has ended");
  return value;
}

function watch(watched: Source) {
  watching = watched.observe(stop.signal)[Symbol.asyncIterator]();
}

function answer(command: string): { vrfs: { default: { peers: Record<string, Record<string, unknown>> } } } {
  return structuredClone(leaf.answers.get(command)) as ReturnType<typeof answer>;
}

/** Takes a peer of the summary down, as the switch would tell it. */
function takeDown(address: string) {
  const summary = answer(SUMMARY);
  Object.assign(summary.vrfs.default.peers[address] ?? {}, { peerState: "Active", upDownTime: 1_721_080_299 });
  leaf.answers.set(SUMMARY, summary);
}

const commands = () => leaf.calls.map((call) => call.commands);

test("the first observation tells everything: facts, neighbors with their details, ports with VRF and LLDP", async () => {
  watch(source());
  const first = await next();
  expect(first).toMatchObject({ source: "leaf-1/arista-eapi", device: "leaf-1" });
  expect(first).not.toHaveProperty("trouble");
  expect(first.facts).toMatchObject({
    system: "Arista EOS",
    hostname: "leaf-1",
    version: "4.31.1F",
    model: "DCS-7050SX3-48YC8",
    serial: "JPE00000001",
    routerId: "10.255.0.1",
    asn: 65101,
    bgp: "on",
  });
  expect(first.neighbors).toHaveLength(7);
  expect(first.neighbors?.[0]).toMatchObject({
    localAddress: "10.20.1.0",
    bfd: { state: "up" },
    description: "node-01",
  });
  expect(first.interfaces?.find((port) => port.name === "Ethernet1")).toMatchObject({
    addresses: ["10.20.1.0/31"],
    vrf: "default",
    speedMbps: 25_000,
    description: "to node-01",
    lldp: { system: "node-01", port: "eth0" },
  });
  expect(first.interfaces?.find((port) => port.name === "Ethernet7")).toMatchObject({
    addresses: ["2001:db8::2/64"],
    lldp: { system: "spine-1", port: "Ethernet2" },
  });
  expect(first.interfaces?.find((port) => port.name === "Loopback0")?.addresses).toEqual([
    "10.255.0.1/32",
    "10.255.1.1/32",
  ]);
});

test("while nothing changes only the summary is asked, and the records are the same objects", async () => {
  watch(source());
  const first = await next();
  const asked = leaf.calls.length;
  const second = await next();
  const third = await next();
  expect(commands().slice(asked)).toEqual([[SUMMARY], [SUMMARY]]);
  expect(second.neighbors).toBe(first.neighbors);
  expect(third.facts).toBe(first.facts);
  expect(third).not.toHaveProperty("interfaces");
});

test("a change brings its cause in the same observation, and keeps the objects of all others", async () => {
  watch(source());
  const first = await next();
  const asked = leaf.calls.length;
  takeDown("10.20.1.1");
  const details = answer(DETAILS) as unknown as { vrfs: { default: { peerList: Record<string, unknown>[] } } };
  const { establishedTime, ...lost } = details.vrfs.default.peerList[0] ?? {};
  details.vrfs.default.peerList[0] = {
    ...lost,
    state: "Active",
    lastErrorCode: "Hold Timer Expired Error",
    lastErrorTimeInfo: { time: 1 },
  };
  leaf.answers.set(DETAILS, details);
  const changed = await next();
  expect(commands().slice(asked)).toEqual([[SUMMARY], [DETAILS, "show bfd peers detail", "show interfaces"]]);
  expect(changed.neighbors?.[0]).toMatchObject({
    state: "active",
    flaps: 3,
    lastError: { notification: { code: 4, subcode: 0 } },
  });
  expect(changed.neighbors?.slice(1).every((each, i) => each === first.neighbors?.[i + 1])).toBe(true);
  expect(changed.interfaces).toBe(first.interfaces);
});

test("a state is told without its cause when the cause is slow to come", async () => {
  watch(source("basic", 1_000));
  await next();
  takeDown("10.20.1.1");
  leaf.intercept = (call) => (call.commands.includes(DETAILS) ? "hang" : undefined);
  const startedAt = Date.now();
  const early = await next();
  expect(Date.now() - startedAt).toBeLessThan(800);
  expect(early.neighbors?.[0]).toMatchObject({ state: "active", localAddress: "10.20.1.0" });
  expect(early.neighbors?.[0]).not.toHaveProperty("lastError");
  const late = await next();
  expect(late.neighbors).toBe(early.neighbors);
  expect(late.trouble).toContainEqual({ part: DETAILS, text: expect.stringContaining("did not answer in time") });
  expect(late).not.toHaveProperty("interfaces");
});

test("a part that fails is told by its command, and the others stand", async () => {
  leaf.answers.set("show interfaces", eosError(1000, "Agent is busy"));
  leaf.answers.set("show bfd peers detail", {
    vrfs: { default: { ipv4Neighbors: { "10.20.1.1": { peerStats: { "": { status: "dancing" } } } } } },
  });
  leaf.answers.delete("show lldp neighbors detail");
  watch(source());
  const first = await next();
  expect(first.neighbors).toHaveLength(7);
  expect(first).not.toHaveProperty("interfaces");
  expect(first.trouble?.map(({ part }) => part)).toEqual([
    "show bfd peers detail",
    "show interfaces",
    "show lldp neighbors detail",
    "show lldp neighbors",
  ]);
  expect(first.trouble?.[0]?.text).toContain("dancing");
});

test("what a platform cannot have is no trouble, and is not asked again", async () => {
  for (const command of ["show bfd peers detail", "show bfd peers"]) {
    leaf.answers.set(command, eosError(1000, "Not supported on this hardware platform"));
  }
  watch(source());
  expect(await next()).not.toHaveProperty("trouble");
  const asked = leaf.calls.length;
  takeDown("10.20.1.1");
  await next();
  expect(commands().slice(asked).flat()).not.toContain("show bfd peers");
});

describe("without the summary over all families", () => {
  const one = (peers: object) => ({ vrfs: { default: { routerId: "10.255.0.1", asn: 65101, peers } } });
  beforeEach(() => {
    leaf.answers.delete(SUMMARY);
    leaf.answers.delete(DETAILS);
    const up = {
      peerState: "Established",
      asn: 65001,
      upDownTime: 1_721_080_000,
      prefixReceived: 2,
      prefixAccepted: 1,
    };
    leaf.answers.set("show ip bgp summary vrf all", one({ "10.20.1.1": up }));
    leaf.answers.set("show ipv6 bgp summary vrf all", one({ "2001:db8::1": up }));
    leaf.answers.set("show ip bgp neighbors vrf all", {
      output:
        "BGP neighbor is 10.20.1.1, remote AS 65001, external link\n  BGP version 4, remote router ID 10.9.9.9, VRF default\n  BGP state is Established, up for 1d02h\nLocal TCP address is 10.20.1.0, local port is 179\n",
    });
    leaf.answers.set("show ipv6 bgp peers vrf all", { vrfs: {} });
  });

  test("those of each family are asked, and the neighbors in whichever form they come", async () => {
    watch(source());
    const first = await next();
    expect(first.neighbors?.map((each) => [each.neighborAddress, each.localAddress, each.families])).toEqual([
      ["10.20.1.1", "10.20.1.0", [{ family: "ipv4-unicast", received: 2, accepted: 1 }]],
      ["2001:db8::1", undefined, [{ family: "ipv6-unicast", received: 2, accepted: 1 }]],
    ]);
    expect(first).not.toHaveProperty("trouble");
    const asked = leaf.calls.length;
    await next();
    expect(commands().slice(asked)).toEqual([["show ip bgp summary vrf all", "show ipv6 bgp summary vrf all"]]);
  });

  test("a family that stops answering fails the source: its peers have not vanished", async () => {
    watch(source());
    await next();
    leaf.answers.set("show ipv6 bgp summary vrf all", eosError(1000, "Agent is busy"));
    await expect(next()).rejects.toThrow("show ipv6 bgp summary vrf all: Agent is busy");
  });
});

describe("no BGP", () => {
  test.each([
    ["an empty summary", { vrfs: {} }],
    ["an error", eosError(1000, "BGP inactive")],
  ])("told by %s is an answer", async (_story, told) => {
    leaf.answers.set(SUMMARY, told);
    leaf.answers.set(DETAILS, told);
    watch(source());
    const first = await next();
    expect([first.facts?.bgp, first.neighbors]).toEqual(["off", []]);
    expect(first).not.toHaveProperty("trouble");
  });

  test("is not what a switch without our commands tells: it refuses the question", async () => {
    leaf.answers.delete(SUMMARY);
    watch(source());
    const failed = next();
    await expect(failed).rejects.toBeInstanceOf(SourceError);
    await expect(failed).rejects.toMatchObject({ reason: "refused" });
  });
});

test("a peer that leaves the configuration leaves the observation, though the details are older", async () => {
  watch(source());
  await next();
  const summary = answer(SUMMARY);
  delete summary.vrfs.default.peers["10.20.1.3"];
  leaf.answers.set(SUMMARY, summary);
  leaf.intercept = (call) => (call.commands.includes(DETAILS) ? { status: 503, body: "busy" } : undefined);
  const gone = await next();
  expect(gone.neighbors?.map((each) => each.neighborAddress)).not.toContain("10.20.1.3");
});

test("a source that failed observes anew, with the objects it had", async () => {
  const watched = source();
  watch(watched);
  const first = await next();
  leaf.intercept = () => ({ status: 503, body: "busy" });
  await expect(next()).rejects.toMatchObject({ reason: "failed" });
  leaf.intercept = undefined;
  watch(watched);
  expect((await next()).neighbors).toBe(first.neighbors);
});

test("an abort ends it without an error, and logs out", async () => {
  watch(source("session"));
  await next();
  const ended = watching?.next();
  stop.abort();
  let last = await ended;
  while (!last?.done) last = await watching?.next();
  expect(leaf.calls.at(-1)?.path).toBe("/logout");
});

describe("evidence", () => {
  test("of a peer holds its own entries alone, newest first", async () => {
    const watched = source();
    watch(watched);
    const { neighbors } = await next();
    const told = watched.evidence(neighbors?.[4]);
    expect(new Set(told.map((each) => each.command))).toEqual(new Set([SUMMARY, DETAILS, "show bfd peers detail"]));
    for (const each of told) expect(each.text).toContain("10.20.1.9");
    for (const each of told) expect(each.text).not.toContain("10.20.1.7");
    const unnumbered = watched.evidence(neighbors?.[6]).map((each) => each.command);
    expect(unnumbered).toContain("show lldp neighbors detail");
  });

  test("is cut at 64 KiB, says how much is missing, and masks what looks like a secret", async () => {
    const filler = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`k${i}`, "\u00e9".repeat(20)]));
    leaf.answers.set("show hostname", { hostname: "leaf-1", authKey: "hunter2", ...filler });
    const watched = source();
    watch(watched);
    await next();
    const told = watched.evidence().find((each) => each.command === "show hostname");
    expect(Buffer.byteLength(told?.text ?? "")).toBeLessThanOrEqual(64 * 1024);
    expect(told?.cutChars).toBeGreaterThan(10_000);
    expect(told?.text).toContain('"authKey": "***"');
  });
});
