import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CEASE } from "../../../lib/bgp/notification.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { BIRD_COMMANDS } from "./read.ts";

function read(command: string, text: string): Record<string, unknown> {
  const parse = BIRD_COMMANDS.get(command);
  if (!parse) throw new RangeError(command);
  return parse(text, "node-1") as Record<string, unknown>;
}

function story(name: string, command: string): string {
  return readFileSync(join(import.meta.dirname, "fixtures", name, `${command.replaceAll(" ", "-")}.txt`), "utf8");
}

function neighborsIn(name: string): readonly Neighbor[] {
  return read("show protocols all", story(name, "show protocols all")).neighbors as readonly Neighbor[];
}

const NODE = {
  id: "node-1|default|Node_192_0_2_0",
  device: "node-1",
  vrf: "default",
  name: "Node_192_0_2_0",
  neighborAddress: "192.0.2.0",
  localAs: 64512,
  peerAs: 65001,
  description: "leaf-1",
} satisfies Partial<Neighbor>;

const RESTART = { local: "restart", peer: "helper" };
const V4 = { family: "ipv4-unicast" } as const;

describe("show protocols all", () => {
  test("an established session tells its counts, its timers in force and who offers graceful restart", () => {
    expect(neighborsIn("established")[0]).toEqual({
      ...NODE,
      localAddress: "192.0.2.1",
      peerRouterId: "198.51.100.2",
      state: "established",
      families: [{ ...V4, negotiated: true, received: 3, accepted: 3, best: 3, advertised: 2 }],
      timers: { holdSec: 30, keepaliveSec: 10 },
      gracefulRestart: RESTART,
    });
  });

  test("received is not told without `keep filtered`: accepted is not received", () => {
    expect(neighborsIn("established")[1]?.families).toEqual([
      { family: "ipv6-unicast", negotiated: true, accepted: 0, best: 0, advertised: 1 },
    ]);
  });

  test("a passive neighbor of a range has no address, and is held by itself, not by an operator", () => {
    const passive = neighborsIn("established")[2];
    expect(passive).toMatchObject({ state: "active", heldDown: { by: "passive" }, rawState: "Passive", peerAs: 64513 });
    expect(passive).not.toHaveProperty("neighborAddress");
  });

  test("a shutdown by the other end is a received NOTIFICATION, with the operator's text", () => {
    expect(neighborsIn("peer-shut-with-text-just-now")[0]).toEqual({
      ...NODE,
      state: "active",
      lastError: {
        direction: "received",
        text: "Received: Administrative shutdown",
        notification: CEASE.adminShutdown,
        communication: "rack A12 recabling",
      },
      families: [V4],
      timers: { connectRetrySec: 1 },
    });
  });

  test("the operator's text stays when the socket's error has taken the NOTIFICATION's place", () => {
    expect(neighborsIn("peer-shut-with-text")[0]?.lastError).toEqual({
      direction: "local",
      text: "Socket: Connection refused",
      communication: "rack A12 recabling",
    });
  });

  test("a protocol that an operator disabled is held down by admin, with his text, and has no error", () => {
    expect(neighborsIn("disabled-with-text")[0]).toEqual({
      ...NODE,
      state: "idle",
      heldDown: { by: "admin", text: "drain for kernel update" },
      families: [V4],
      timers: {},
      rawState: "Down",
    });
  });

  test("a lost link is what this end saw by itself", () => {
    expect(neighborsIn("link-down")[0]).toMatchObject({
      state: "idle",
      lastError: { direction: "local", text: "Error: Link down" },
    });
    expect(neighborsIn("link-down")[0]).not.toHaveProperty("heldDown");
  });

  test("a wrong password is silence: no error, and none is made up", () => {
    expect(neighborsIn("wrong-password")[0]).toEqual({ ...NODE, state: "connect", families: [V4], timers: {} });
  });

  test("a limit that is hit holds the session down, and names itself", () => {
    expect(neighborsIn("import-limit")[0]).toEqual({
      ...NODE,
      state: "idle",
      heldDown: { by: "prefix-limit", text: "Route limit exceeded" },
      lastError: {
        direction: "sent",
        text: "Automatic shutdown: Route limit exceeded",
        notification: CEASE.prefixLimit,
      },
      families: [{ ...V4, limit: { max: 2, exceeded: true, action: "disable" } }],
      timers: {},
      rawState: "Down",
    });
  });

  test("a wrong AS tells which end refused", () => {
    const notification = { code: 2, subcode: 2 };
    expect(neighborsIn("their-as-is-wrong")[0]?.lastError).toEqual({
      direction: "received",
      text: "Received: Bad peer AS",
      notification,
    });
    expect(neighborsIn("bad-peer-as")[0]?.lastError).toEqual({
      direction: "sent",
      text: "BGP Error: Bad peer AS",
      notification,
    });
  });

  test("a blank in the column Since is part of the time", () => {
    expect(neighborsIn("iso-long")[0]).toMatchObject({
      state: "established",
      since: Date.UTC(2026, 10, 25, 2, 12, 43),
    });
  });

  test("the short list tells the same states as the long one", () => {
    for (const name of ["established", "disabled-with-text", "link-down", "import-limit", "bad-peer-as", "iso-long"]) {
      const short = read("show protocols", story(name, "show protocols")).neighbors as readonly Neighbor[];
      const state = ({ id, state, heldDown }: Neighbor) => [id, state, heldDown?.by];
      expect(short.map(state), name).toEqual(neighborsIn(name).map(state));
    }
  });

  test.each([
    [
      "Neighbor address: 192.0.2.0",
      "Neighbor address: fe80::1%eth1",
      { neighborAddress: "fe80::1%eth1", interface: "eth1" },
    ],
    [
      "Neighbor address: 192.0.2.0",
      "Neighbor address: 192.0.2.0%eth1",
      { neighborAddress: "192.0.2.0", interface: "eth1" },
    ],
    ["Neighbor AS:      65001", "Neighbor AS:      4200000002", { peerAs: 4_200_000_002 }],
    ["Description:    leaf-1", "VRF:            red", { vrf: "red", id: "node-1|red|Node_192_0_2_0" }],
    [
      "Neighbor AS:      65001",
      "Neighbor graceful restart active",
      { gracefulRestart: { ...RESTART, keepingStale: true } },
    ],
    ["Channel ipv4", "Channel vpn4-mpls", { families: [expect.objectContaining({ family: "ipv4-vpn" })] }],
    [
      "State:          UP\n     Table:          master4\n     Preference:     100",
      "State:          DOWN",
      { families: [expect.objectContaining({ negotiated: false })] },
    ],
    ["BGP state:          Established", "BGP state:          OpenConfirm", { state: "open-confirm" }],
    ["BGP state:          Established", "BGP state:          Close", { state: "idle", rawState: "Close" }],
  ])("%j instead read as %j is told", (was, now, expected) => {
    const text = story("established", "show protocols all");
    const start = text.indexOf("1002-Node_192");
    const changed = text.slice(0, start) + text.slice(start).replace(was, now);
    expect((read("show protocols all", changed).neighbors as readonly Neighbor[])[0]).toMatchObject(expected);
  });

  test.each([
    [
      "a state that BIRD does not have",
      "BGP state:          Established",
      "BGP state:          Dreaming",
      /Node_192_0_2_0.*Dreaming/,
    ],
    ["an address that is none", "Neighbor address: 192.0.2.0", "Neighbor address: 192.0.2.256", /192\.0\.2\.256/],
    ["an AS that is none", "Neighbor AS:      65001", "Neighbor AS:      many", /many/],
    ["columns that are not BIRD's", "Table      State", "Table      Mood", /columns/],
    ["a row without a state", "BGP        ---        up ", "BGP        ---        ", /not a row/],
    ["an answer without an end", "\n0000 \n", "\n", /cut off/],
  ])("%s is refused in words", (_what, was, now, words) => {
    const text = story("established", "show protocols all");
    expect(text).toContain(was);
    const read1 = () => read("show protocols all", text.replace(was, now));
    expect(read1).toThrow(SyntaxError);
    expect(read1).toThrow(words);
  });

  test("an error of the daemon is refused with its words", () => {
    expect(() => read("show protocols all", "9001 nosuch is not a protocol\n")).toThrow(
      "9001 nosuch is not a protocol",
    );
  });

  test("device text cannot break a line, name a key of ours, or grow without end", () => {
    const hostile = `\u001b[2J${"x".repeat(5000)}`;
    const text = story("established", "show protocols all")
      .replace("leaf-1", hostile)
      .replaceAll("Node_192_0_2_0", "__proto__");
    const [first] = read("show protocols all", text).neighbors as readonly Neighbor[];
    expect(first?.name).toBe("__proto__");
    expect(first?.description?.length).toBe(1024);
    expect(first?.description?.startsWith("\ufffd[2J")).toBe(true);
  });
});

describe("the other commands", () => {
  test("show status tells the daemon; a saved one is read as UTC", () => {
    expect(read("show status", story("established", "show status")).facts).toMatchObject({
      system: "BIRD",
      version: "2.0.12",
      hostname: "node-1",
      routerId: "198.51.100.1",
    });
  });

  test("Calico's own build is a BIRD", () => {
    const text =
      "0001 BIRD v0.3.3+birdv1.6.8 ready.\n1000-BIRD v0.3.3+birdv1.6.8\n1011-Router ID is 172.17.0.3\n0013 Daemon is up and running\n";
    expect(read("show status", text).facts).toEqual({
      system: "BIRD",
      version: "v0.3.3+birdv1.6.8",
      routerId: "172.17.0.3",
    });
  });

  test("a port without carrier is up for its administrator, and down", () => {
    const ports = read("show interfaces", story("link-down", "show interfaces")).interfaces;
    expect(ports).toContainEqual(expect.objectContaining({ name: "eth1", adminUp: true, operUp: false, mtu: 1500 }));
    const before = read("show interfaces", story("established", "show interfaces")).interfaces as readonly object[];
    expect(before).toContainEqual(
      expect.objectContaining({
        name: "eth1",
        operUp: true,
        addresses: expect.arrayContaining(["192.0.2.1/31", "2001:db8::1/127"]),
      }),
    );
  });

  test("BFD tells its state, interval and multiplier; a list without rows is an answer", () => {
    expect(read("show bfd sessions", story("established", "show bfd sessions")).bfd).toEqual([
      { address: "192.0.2.0", interface: "eth1", bfd: { state: "up", intervalMs: 100, multiplier: 3 } },
    ]);
    expect(read("show bfd sessions", story("disabled-with-text", "show bfd sessions")).bfd).toEqual([]);
  });

  test("memory and route counts are numbers", () => {
    expect(
      read(
        "show route count",
        "1007-15 of 15 routes for 15 networks in table master4\n 8 of 8 routes for 7 networks in table master6\n0014 Total: 23 of 23 routes for 22 networks in 2 tables\n",
      ).routes,
    ).toEqual([
      { table: "master4", routes: 15, networks: 15 },
      { table: "master6", routes: 8, networks: 7 },
      { routes: 23, networks: 22 },
    ]);
    expect(
      read(
        "show memory",
        "1018-BIRD memory usage\n Routing tables:     48.9 kB     18.3 kB\n ROA tables:        192  B\n0000 \n",
      ).memory,
    ).toEqual([
      { part: "Routing tables", bytes: 50_074 },
      { part: "ROA tables", bytes: 192 },
    ]);
  });
});
