import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { SourceError } from "../source-error.ts";
import { BFD_PEERS, INTERFACES, NEIGHBORS, SUMMARY, VERSION } from "./commands.ts";
import { ownCapture } from "./shared-captures.ts";
import { frrSource } from "./source.ts";
import { answering, type VtyServers, vtyServers } from "./vty-server.ts";

const SHOWN: Record<string, string> = {
  [SUMMARY]: ownCapture("show-bgp-vrf-all-summary.json"),
  [NEIGHBORS]: ownCapture("show-bgp-vrf-all-neighbors.json"),
  [VERSION]: ownCapture("show-version.txt"),
  [INTERFACES]: ownCapture("show-interface-vrf-all.json"),
  [BFD_PEERS]: ownCapture("show-bfd-peers.json"),
};

/** Neighbor as little as FRR could say of it. */
const peer = (accepted: number) => ({
  bgpState: "Established",
  addressFamilyInfo: { ipv4Unicast: { acceptedPrefixCounter: accepted } },
});
const row = (accepted: number) => ({ state: "Established", peerState: "OK", pfxRcd: accepted, idType: "ipv4" });

let servers: VtyServers;
let shown: Record<string, string>;
beforeEach(() => {
  servers = vtyServers();
  shown = { ...SHOWN };
});
afterEach(() => servers.close());

function answer(command: string, socket: Socket): void {
  const text = shown[command];
  if (text === undefined) return void socket.write(`% [X] Unknown command: ${command}\n\0\0\0\x02`);
  answering(text)(command, socket);
}

function source(limits = { deadlineMs: 2_000, maxAnswerBytes: 1_000_000 }) {
  return frrSource({ id: "leaf/frr", device: "leaf", via: { directory: servers.directory }, everyMs: 20, limits });
}

/** The first `count` observations; `between` runs after each. */
async function observe(count: number, from = source(), between: (index: number) => void = () => undefined) {
  const stop = new AbortController();
  const seen: Observation[] = [];
  for await (const observation of from.observe(stop.signal)) {
    between(seen.push(observation) - 1);
    if (seen.length === count) stop.abort();
  }
  return seen;
}

describe("an FRR that answers", () => {
  beforeEach(async () => {
    for (const daemon of ["bgpd", "zebra", "bfdd"] as const) await servers.listen(daemon, answer);
  });

  test("is told whole, without trouble", async () => {
    const [first] = await observe(1);
    expect(first?.facts).toEqual({
      hostname: "leaf",
      system: "FRRouting",
      version: "8.4.4",
      routerId: "10.255.1.1",
      asn: 65001,
      bgp: "on",
    });
    expect(first?.neighbors).toHaveLength(11);
    expect(first?.interfaces?.map(({ name, operUp }) => [name, operUp])).toEqual([
      ["lo", true],
      ["to-dark", false],
      ["to-peer", true],
    ]);
    expect(first).not.toHaveProperty("trouble");
  });

  test("that says the same again is told with the same objects, and its version is asked once", async () => {
    const [first, second, third] = await observe(3);
    expect(second?.neighbors).toBe(first?.neighbors);
    expect(third?.neighbors).toBe(first?.neighbors);
    expect(second?.interfaces).toBe(first?.interfaces);
    expect(second?.facts).toBe(first?.facts);
    expect(servers.asked.filter((command) => command === VERSION)).toHaveLength(1);
  });

  test("shows what it said of one neighbor, and of all", async () => {
    const from = source();
    const [first] = await observe(1, from);
    const node = first?.neighbors?.find(({ neighborAddress }) => neighborAddress === "10.77.2.1");
    const [evidence] = from.evidence(node);
    expect(evidence).toMatchObject({ source: "leaf/frr", device: "leaf", command: NEIGHBORS });
    expect(JSON.parse(evidence?.text ?? "")).toMatchObject({ lastShutdownDescription: "maintenance rack 7" });
    expect(new Set(from.evidence().map(({ command }) => command))).toEqual(
      new Set([SUMMARY, NEIGHBORS, VERSION, INTERFACES, BFD_PEERS]),
    );
  });

  test("whose bfdd knows the command only after `enable` is told with bgpd's account of BFD", async () => {
    delete shown[BFD_PEERS];
    const [first] = await observe(1);
    expect(first).not.toHaveProperty("trouble");
    expect(first?.neighbors?.find(({ bfd }) => bfd)?.bfd?.state).toBe("up");
  });

  test("whose details are nonsense is told from its summary, with the trouble named", async () => {
    shown[NEIGHBORS] = "{ not JSON";
    const [first, second] = await observe(2);
    expect(first?.neighbors).toHaveLength(11);
    expect(first?.neighbors?.find(({ neighborAddress }) => neighborAddress === "10.77.3.1")).toMatchObject({
      state: "idle",
      heldDown: { by: "prefix-limit" },
    });
    expect(first?.trouble).toMatchObject([{ part: NEIGHBORS }]);
    expect(second?.trouble).toEqual(first?.trouble);
  });

  test("whose details are larger than we take is told from its summary", async () => {
    const [first] = await observe(1, source({ deadlineMs: 2_000, maxAnswerBytes: 12_000 }));
    expect(first?.neighbors).toHaveLength(11);
    expect(first?.trouble?.[0]?.text).toContain("12000 bytes");
  });

  test("whose summary is nonsense fails", async () => {
    shown[SUMMARY] = '{"default":{"ipv4Unicast":{"peers":{"10.0.0.1":{"state":"Dreaming"}}}}}';
    await expect(observe(1)).rejects.toThrow(/leaf\/frr gave an answer that we cannot read:[\s\S]*Dreaming/);
  });

  test("without BGP is an answer, and not a failure", async () => {
    shown = { ...shown, [SUMMARY]: "{\n}\n", [NEIGHBORS]: "{\n}\n" };
    const [first] = await observe(1);
    expect(first?.facts?.bgp).toBe("off");
    expect(first?.neighbors).toEqual([]);
  });
});

describe("a daemon that is missing", () => {
  test("is the failure of the source when it is bgpd", async () => {
    await servers.listen("zebra", answer);
    const failed = observe(1).catch((error: unknown) => error);
    expect(await failed).toBeInstanceOf(SourceError);
    expect(await failed).toMatchObject({ reason: "no-daemon" });
  });

  test("is the trouble of its part when it is zebra or bfdd", async () => {
    await servers.listen("bgpd", answer);
    const [first] = await observe(1);
    expect(first?.neighbors).toHaveLength(11);
    expect(first).not.toHaveProperty("interfaces");
    expect(first?.trouble?.map(({ part }) => part)).toEqual([INTERFACES, BFD_PEERS]);
  });

  test("is no trouble when it is bfdd, and no neighbor has BFD", async () => {
    shown = { ...shown, [NEIGHBORS]: JSON.stringify({ default: { "10.0.0.1": peer(1) } }) };
    await servers.listen("bgpd", answer);
    await servers.listen("zebra", answer);
    expect((await observe(1))[0]).not.toHaveProperty("trouble");
  });

  test("that hangs makes one poll a little late, and the next ones not", async () => {
    await servers.listen("bgpd", answer);
    await servers.listen("zebra", () => undefined);
    await servers.listen("bfdd", answer);
    const seen = await observe(3);
    expect(seen[0]?.trouble?.map(({ part }) => part)).toEqual([INTERFACES]);
    expect(seen[0]?.tookMs).toBeLessThan(1_000);
    expect(servers.asked.filter((command) => command === INTERFACES)).toHaveLength(1);
    expect(seen[2]?.trouble).toEqual(seen[0]?.trouble);
  });
});

test("bgpd that hangs is a timeout at the deadline of the whole poll", async () => {
  await servers.listen("bgpd", (command, socket) => (command === NEIGHBORS ? undefined : answer(command, socket)));
  const startedAt = Date.now();
  const failed = await observe(1, source({ deadlineMs: 200, maxAnswerBytes: 1_000_000 })).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ reason: "timeout" });
  expect(Date.now() - startedAt).toBeLessThan(800);
});

describe("a device of many neighbors", () => {
  const addresses = Array.from({ length: 80 }, (_, index) => `10.0.0.${index + 1}`);
  const show = (acceptedBy: ReadonlyMap<string, number>) => {
    const of = (address: string) => acceptedBy.get(address) ?? 1;
    shown[SUMMARY] = JSON.stringify({
      default: { ipv4Unicast: { peers: Object.fromEntries([...acceptedBy.keys()].map((a) => [a, row(of(a))])) } },
    });
    shown[NEIGHBORS] = JSON.stringify({
      default: Object.fromEntries([...acceptedBy.keys()].map((a) => [a, peer(of(a))])),
    });
    for (const address of acceptedBy.keys()) {
      shown[`show bgp vrf default neighbors ${address} json`] = JSON.stringify({ [address]: peer(of(address)) });
    }
  };

  test("is asked for all details once, then for those of the neighbors with news", async () => {
    const before = new Map(addresses.map((address) => [address, 1]));
    show(before);
    await servers.listen("bgpd", answer);
    await servers.listen("zebra", answer);
    const [first, second] = await observe(2, source(), () => show(new Map([...before, ["10.0.0.7", 5]])));

    expect(servers.asked.filter((command) => command === NEIGHBORS)).toHaveLength(1);
    expect(servers.asked).toContain("show bgp vrf default neighbors 10.0.0.7 json");
    const changed = second?.neighbors?.filter((neighbor, index) => neighbor !== first?.neighbors?.[index]);
    expect(changed?.map(({ neighborAddress, families }) => [neighborAddress, families[0]?.accepted])).toEqual([
      ["10.0.0.7", 5],
    ]);
  });

  test("loses a neighbor that the summary no longer has", async () => {
    const before = new Map(addresses.map((address) => [address, 1]));
    show(before);
    await servers.listen("bgpd", answer);
    await servers.listen("zebra", answer);
    const [, second] = await observe(2, source(), () => show(new Map([...before].slice(1))));
    expect(second?.neighbors).toHaveLength(79);
  });
});
