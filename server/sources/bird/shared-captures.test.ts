import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { CEASE, HOLD_TIMER_EXPIRED } from "../../../lib/bgp/notification.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { BIRD_COMMANDS } from "./read.ts";

/** Captures of many daemons, some not ours to publish: they lie beside the repository, and not everybody has them. */
const SHARED = process.env.PEERGLASS_SHARED ?? join(import.meta.dirname, "../../../../shared");
const FOLDERS = [join(SHARED, "fixtures/bird"), join(SHARED, "calico/fixtures/bird-socket")];
const missing = FOLDERS.filter((folder) => !existsSync(folder));

const COMMAND_OF: readonly (readonly [RegExp, string])[] = [
  [/bfd[-_]sessions/, "show bfd sessions"],
  [/interfaces(?![-_]summary)/, "show interfaces"],
  [/memory/, "show memory"],
  [/route[-_]count/, "show route count"],
  [/show_status|-status|^status|_status/, "show status"],
  [/(?<!route[-_])protocols?[-_](?:one[-_])?(?:all|short|bgp)|show_protocols|-protocols/, "show protocols all"],
];

interface Capture {
  readonly path: string;
  readonly command: string;
  readonly text: string;
}

function captures(): readonly Capture[] {
  return FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".txt") && !entry.name.includes("configure"))
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        const command = COMMAND_OF.find(([pattern]) => pattern.test(basename(path)))?.[1];
        return command ? [{ path: relative(SHARED, path), command, text: readFileSync(path, "utf8") }] : [];
      }),
  );
}

function read({ command, text }: Pick<Capture, "command" | "text">): Record<string, unknown> {
  return BIRD_COMMANDS.get(command)?.(text, "node") as Record<string, unknown>;
}

/** What our parser must find, counted another way: rows that have the columns of a BGP protocol. */
function bgpRows(text: string): number {
  return text.match(/^(?:\d{4}-| {1,5})?\S+ +BGP +\S+ +(?:up|start|down|feed|wait|stop|flush) /gm)?.length ?? 0;
}

/** Refused on purpose, each with the words in which. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "bad_heading.txt": /the columns of this list are not BIRD's/,
  "rogue_code.txt": /BIRD answers 9000/,
  "show_status.txt": /cut off/, // its last line has a code of three digits
  "calico_status.raw.txt": /cut off/,
  "nosuch.raw.txt": /is not a protocol|syntax error/,
  "show_protocols_r1_v4_r1_v6.raw.txt": /syntax error/,
};

describe.skipIf(missing.length > 0)(
  `captures of real daemons${missing.length > 0 ? ` (skipped: no ${missing.join(", no ")})` : ""}`,
  () => {
    const all = missing.length > 0 ? [] : captures();

    test("there are captures of every command that we read", () => {
      expect(new Set(all.map(({ command }) => command)).size).toBe(COMMAND_OF.length);
      expect(all.length).toBeGreaterThan(150);
    });

    test.each(all.filter(({ command }) => command === "show protocols all"))(
      "$path: as many neighbors as BGP rows, or refused in words",
      (capture) => {
        const words = Object.entries(REFUSED).find(([end]) => capture.path.endsWith(end))?.[1];
        if (words) {
          expect(() => read(capture)).toThrow(words);
          return;
        }
        const neighbors = read(capture).neighbors as readonly Neighbor[];
        expect(neighbors.length).toBe(bgpRows(capture.text));
        for (const { state, name } of neighbors) {
          if (state === "established") expect(capture.text).toMatch(new RegExp(`${name} +BGP.*Established`));
        }
      },
    );

    test.each(all.filter(({ command }) => command !== "show protocols all"))(
      "$path: read, or refused in words",
      (capture) => {
        const words = Object.entries(REFUSED).find(([end]) => capture.path.endsWith(end))?.[1];
        if (words) expect(() => read(capture)).toThrow(words);
        else if (/There is no BFD/.test(capture.text)) expect(() => read(capture)).toThrow(/There is no BFD protocol/);
        else expect(Object.values(read(capture))[0]).toBeDefined();
      },
    );

    test.each(["healthy", "deftime", "asloop", "dead-holdtimer", "mixed-established"])(
      "%s: the socket, birdc and birdc -v tell the same",
      (state) => {
        for (const bird of ["bird1", "bird2"]) {
          const forms = all.filter(({ path }) => basename(path).startsWith(`lab-${bird}-${state}-protocols-all.`));
          const told = forms.map((form) => read(form).neighbors);
          for (const neighbors of told) expect(neighbors).toEqual(told[0]);
          expect(told.length).toBeGreaterThan(0);
        }
      },
    );

    describe.each(["bird1", "bird2"])("%s", (bird) => {
      /** 1.6 tells no AS of its own, and counts of a session that is down; 2.x the other way round. */
      const v4 =
        bird === "bird1" ? { family: "ipv4-unicast", accepted: 0, best: 0, advertised: 0 } : { family: "ipv4-unicast" };

      function base(name: string, address: string, leaf: string, peerAs: number) {
        const localAs = bird === "bird1" ? {} : { localAs: 64512 };
        return {
          id: `node|default|${name}`,
          device: "node",
          vrf: "default",
          name,
          neighborAddress: address,
          peerAs,
          description: leaf,
          ...localAs,
          timers: {},
          since: expect.any(Number),
        };
      }

      function faulty(state: string, name: string): unknown {
        const text = readFileSync(join(SHARED, `fixtures/bird/lab-${bird}-${state}-protocols-all.txt`), "utf8");
        return (read({ command: "show protocols all", text }).neighbors as readonly Neighbor[]).find(
          (n) => n.name === name,
        );
      }

      test("wrong password: silence", () => {
        expect(faulty("mixed-md5-wrong", "Node_10_20_1_8")).toEqual({
          ...base("Node_10_20_1_8", "10.20.1.8", "leaf1", 65001),
          state: "connect",
          families: [v4],
        });
      });

      test("shut by the other end, with a text", () => {
        const text = bird === "bird1" ? "Socket: Connection closed" : "Socket: Connection reset by peer";
        expect(faulty("mixed-peer-shutdown-msg", "Node_10_20_1_2")).toEqual({
          ...base("Node_10_20_1_2", "10.20.1.2", "leaf1", 65001),
          state: "active",
          lastError: { direction: "local", text, communication: "planned work rack A" },
          families: [v4],
          timers: { connectRetrySec: 1 },
        });
      });

      test("disabled here", () => {
        expect(faulty("mixed-admin-disabled", "Node_10_20_3_0")).toEqual({
          ...base("Node_10_20_3_0", "10.20.3.0", "leaf3", 65003),
          state: "idle",
          heldDown: { by: "admin", ...(bird === "bird2" && { text: "drain for kernel update" }) },
          families: [{ family: "ipv4-unicast" }],
          rawState: "Down",
        });
      });

      test("our limit hit", () => {
        expect(faulty("mixed-import-limit", "Node_10_20_3_2")).toEqual({
          ...base("Node_10_20_3_2", "10.20.3.2", "leaf3", 65003),
          state: "idle",
          heldDown: { by: "prefix-limit", text: "Route limit exceeded" },
          lastError: {
            direction: "sent",
            text: "Automatic shutdown: Route limit exceeded",
            notification: CEASE.prefixLimit,
          },
          families: [{ family: "ipv4-unicast", limit: { max: 10, exceeded: true, action: "disable" } }],
          rawState: "Down",
        });
      });

      test("their limit hit: all that BIRD shows is that they hang up", () => {
        expect(faulty("mixed-peer-maxprefix", "Node_10_20_1_6")).toEqual({
          ...base("Node_10_20_1_6", "10.20.1.6", "leaf1", 65001),
          state: "active",
          lastError: { direction: "local", text: "Socket: Connection reset by peer" },
          families: [v4],
          timers: { connectRetrySec: 1 },
        });
      });

      test.each([
        [
          "mixed-linkdown",
          "Node_10_20_3_4",
          "10.20.3.4",
          "leaf3",
          "idle",
          { direction: "local", text: "Error: Neighbor lost" },
        ],
        [
          "mixed-blackhole-bfd",
          "Node_10_20_1_10",
          "10.20.1.10",
          "leaf1",
          "connect",
          { direction: "local", text: "Error: BFD session down" },
        ],
        [
          "mixed-bad-peer-as",
          "Node_10_20_1_14",
          "10.20.1.14",
          "leaf1",
          "idle",
          { direction: "received", text: "Received: Bad peer AS", notification: { code: 2, subcode: 2 } },
        ],
      ] as const)("%s", (state, name, address, leaf, bgpState, lastError) => {
        const peerAs = leaf === "leaf1" ? 65001 : 65003;
        expect(faulty(state, name)).toEqual({
          ...base(name, address, leaf, peerAs),
          state: bgpState,
          lastError,
          families: [v4],
        });
      });

      test.each([
        ["dead-holdtimer", bird === "bird1" ? "Node_10_20_1_0" : "Node_10_20_1_2"],
        ["dead-tcp-rst", bird === "bird1" ? "Node_10_20_3_0" : "Node_10_20_3_2"],
      ])("%s: the hold timer expired, and we said so", (state, name) => {
        expect(faulty(state, name)).toMatchObject({
          state: "connect",
          lastError: { direction: "sent", text: "BGP Error: Hold timer expired", notification: HOLD_TIMER_EXPIRED },
          families: [v4],
        });
      });

      test("established", () => {
        const counts =
          bird === "bird1"
            ? { accepted: 51, best: 35, advertised: 3 }
            : { negotiated: true, accepted: 48, best: 32, advertised: 3 };
        expect(faulty("mixed-established", "Node_10_20_1_0")).toEqual({
          ...base("Node_10_20_1_0", "10.20.1.0", "leaf1", 65001),
          localAddress: "10.20.1.1",
          peerRouterId: "10.255.1.1",
          state: "established",
          since: bird === "bird1" ? Date.UTC(2026, 10, 23, 14, 48, 21) : Date.UTC(2026, 10, 23, 14, 49, 5, 857),
          families: [{ family: "ipv4-unicast", ...counts }],
          timers: { holdSec: 30, keepaliveSec: 10 },
          gracefulRestart:
            bird === "bird1" ? { peer: "restart" } : { local: "restart", peer: "restart", restartSec: 120 },
        });
      });
    });
  },
);
