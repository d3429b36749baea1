import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bird1 } from "./bird-1.ts";
import { bird2 } from "./bird-2.ts";
import { birdReply } from "./bird-commands.ts";
import type { BirdFacts, BirdNeighbor } from "./bird-protocol.ts";
import { planFabric } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { World } from "./world.ts";

const shared = join(process.env.PEERGLASS_SHARED ?? join(import.meta.dirname, "../../../shared"), "fixtures/bird");
const NOW = new Date(2026, 10, 23, 14, 43, 31, 229).getTime();
const at = (hour: number, minute: number, second: number, ms = 0) =>
  new Date(2026, 10, 23, hour, minute, second, ms).getTime();

const neighbor: BirdNeighbor = {
  name: "Node_10_20_1_0",
  address: "10.20.1.0",
  asn: 65_001,
  source: "10.20.1.1",
  peerRouterId: "10.255.1.1",
  protocolState: "up",
  bgpState: "Established",
  since: at(14, 43, 27),
  imported: 30,
  exported: 3,
  preferred: 26,
  offered: 65,
  holdLeftSec: 17.2,
  keepaliveLeftSec: 2.5,
};
const facts: BirdFacts = {
  now: NOW,
  routerId: "10.255.2.1",
  hostname: "vm",
  startedAt: at(14, 43, 26),
  localAs: 64_512,
  blocks: 2,
  leaked: 0,
  ports: [],
  neighbors: [neighbor],
  routes: 65,
  networks: 32,
};

describe("columns, byte for byte", () => {
  const rows = (printer: typeof bird1, told: BirdFacts) => printer.protocols(told).map(({ row }) => row);

  test("BIRD 1.6: names of eight, a clock padded to ten, three blanks after the state", () => {
    expect(rows(bird1, facts)).toEqual([
      "static1  Static   master   up     14:43:26    ",
      "kernel1  Kernel   master   up     14:43:26    ",
      "device1  Device   master   up     14:43:26    ",
      "direct1  Direct   master   up     14:43:26    ",
      "Node_10_20_1_0 BGP      master   up     14:43:27    Established   ",
    ]);
  });

  test("BIRD 2: names of ten, a clock with milliseconds", () => {
    expect(rows(bird2, { ...facts, startedAt: at(14, 43, 25, 982) }).slice(0, 3)).toEqual([
      "static1    Static     master4    up     14:43:25.982  ",
      "kernel1    Kernel     master4    up     14:43:25.982  ",
      "device1    Device     ---        up     14:43:25.982  ",
    ]);
  });

  test("after 20 hours a date stands in place of the clock", () => {
    const old = { ...facts, startedAt: NOW - 21 * 3_600_000 };
    expect(rows(bird1, old)[0]).toBe("static1  Static   master   up     2026-11-22  ");
    expect(rows(bird2, old)[0]).toBe("static1    Static     master4    up     2026-11-22    ");
  });

  test("a reason follows the state at its fourteenth column; a protocol that is down has no state", () => {
    const refused = {
      ...neighbor,
      protocolState: "start" as const,
      bgpState: "Idle",
      lastError: "Received: Bad peer AS",
    };
    expect(rows(bird1, { ...facts, neighbors: [refused] })[4]).toMatch(/ {4}Idle {10}Received: Bad peer AS$/);
    const down = { ...neighbor, protocolState: "down" as const, bgpState: "Down" };
    expect(rows(bird1, { ...facts, neighbors: [down] })[4]).toBe(
      "Node_10_20_1_0 BGP      master   down   14:43:27    ",
    );
  });

  test("a BFD session of BIRD 2", () => {
    const bfd = { up: true, since: at(14, 10, 35, 110), port: "eth0" };
    expect(bird2.bfdSessions({ ...facts, neighbors: [{ ...neighbor, address: "10.99.0.1", bfd }] })).toEqual([
      "1020-bfd1:",
      " IP address                Interface  State      Since         Interval  Timeout",
      " 10.99.0.1                 eth0       Up         14:10:35.110    0.300    0.900",
      "0000 ",
    ]);
  });

  test("the counters of updates are ten wide", () => {
    expect(bird1.protocols(facts)[4]?.details).toContain(
      "    Export updates:             65         30         32        ---          3",
    );
  });
});

/**
 * The form of a line: label and blanks up to the value, or the whole line where there is no label. Values differ between
 * the captured fabric and ours; where they begin must not.
 */
function form(line: string): string {
  // Sizes are aligned at their end.
  if (/ k?B$/.test(line))
    return `${line
      .trim()
      .split(/ {2}/)[0]
      ?.replace(/ *[\d.]+.*/, "")} in ${line.length}`;
  const label = /^(?:\d{4}-|.)? *[A-Za-z][A-Za-z0-9 -]*:(?: +|$)/.exec(line)?.[0];
  if (label !== undefined) return label.replace(/^\d{4}-/, "").trimStart().length > 0 ? indented(label) : line;
  return indented(line).replaceAll(/\d+/g, "9");
}

/** A code with its hyphen stands where a continued line has one blank. */
function indented(line: string): string {
  return line.replace(/^\d{4}-/, " ");
}

describe.skipIf(!existsSync(shared))("against the captures (skipped where ../shared is missing)", () => {
  const captured = (prefix: string, suffix: string) =>
    new Set(
      readdirSync(shared)
        .filter((name) => name.startsWith(prefix) && name.endsWith(`${suffix}.txt`))
        .flatMap((name) => readFileSync(join(shared, name), "utf8").split("\n").map(form)),
    );

  /** Every fault on one node after another, so that every kind of neighbor is printed once. */
  function everyReply(name: "node-01" | "node-02", command: string): string[] {
    const time = { now: NOW };
    const world = new World(planFabric({ spines: 1, racks: 1, nodesPerRack: 2 }, 1), () => time.now, seededRandom(1));
    const device = world.devices.get(name);
    if (!device) throw new Error(`no ${name}`);
    const told = [...birdReply(world, device, command)];
    for (const kind of ["link-down", "blackhole", "wrong-as", "wrong-md5", "max-prefix", "admin-down"] as const) {
      world.inject({ kind, at: "leaf-1", towards: name, text: "planned work" });
      for (const sec of [1, 40]) {
        time.now += sec * 1_000;
        told.push(...birdReply(world, device, command));
      }
      world.healAll();
      time.now += 10_000;
    }
    world.inject({ kind: "disable", at: name, towards: "leaf-1", text: "planned work" });
    told.push(...birdReply(world, device, command));
    return told;
  }

  const isRow = (line: string) => /^(1002-|2002-| \S+ +BGP)/.test(line);
  /**
   * Where the two fabrics truly differ: Calico's sessions are multihop, EOS peers have other capabilities, versions and
   * names are others, and no capture has a cable that is out of a port that is not shut.
   */
  const DIFFERENT =
    /Neighbor caps|Session:|Output filter|Description|Restart time|AF |RX:|TX:|BIRD v|Hostname|AdminUp LinkDown/;

  test.each([
    ["node-01", "lab-bird1-", "show protocols all", "protocols-all"],
    ["node-02", "lab-bird2-", "show protocols all", "protocols-all"],
    ["node-01", "lab-bird1-", "show interfaces", "interfaces"],
    ["node-02", "lab-bird2-", "show interfaces", "interfaces"],
    ["node-01", "lab-bird1-", "show status", "status"],
    ["node-02", "lab-bird2-", "show status", "status"],
    ["node-01", "lab-bird1-", "show memory", "memory"],
    ["node-02", "lab-bird2-", "show memory", "memory"],
    ["node-01", "lab-bird1-", "show route count", "route-count"],
    ["node-02", "lab-bird2-", "show route count", "route-count"],
  ] as const)("%s: every line has the form of a line that %s printed: %s", (name, prefix, command, suffix) => {
    const known = captured(prefix, suffix);
    expect(known.size).toBeGreaterThan(0);
    const strange = everyReply(name, command).filter(
      (line) => !isRow(line) && !DIFFERENT.test(line) && !known.has(form(line)),
    );
    expect([...new Set(strange.map(form))]).toEqual([]);
  });
});
