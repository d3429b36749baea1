import { expect, test } from "vitest";
import { BAD_PEER_AS, CEASE, HOLD_TIMER_EXPIRED, type NotificationCode } from "../bgp/notification.ts";
import type { Interface } from "./device.ts";
import { type LastError, type Neighbor, neighborId } from "./neighbor.ts";
import type { SourceHealth } from "./observation.ts";
import type { Session } from "./session.ts";
import { Snapshot } from "./snapshot.ts";

const T = 1_700_000_000_000;

interface Side {
  readonly neighbor?: Partial<Neighbor>;
  readonly port?: Partial<Interface>;
  /** Failing since after its last answer. */
  readonly error?: SourceHealth["error"];
  /** What the port had counted in the answer before. */
  readonly errorsBefore?: number;
  readonly silentMs?: number;
}

/** node-1 (AS 64512, 10.0.0.1) and leaf-1 (AS 65001, 10.0.0.0), each configured right for the other. */
function session(node: Side, leaf: Side): Session {
  const snapshot = new Snapshot([
    { name: "leaf-1", role: "leaf", rack: "r1" },
    { name: "node-1", role: "node", rack: "r1" },
  ]);
  const put = (device: string, local: string, remote: string, localAs: number, peerAs: number, side: Side) => {
    const at = T - (side.silentMs ?? 0);
    const base = { kind: "x", device, everyMs: 1_000, address: "unix:/run/x.ctl", id: `${device}/x` };
    const neighbor: Neighbor = {
      id: neighborId(device, "default", remote),
      device,
      vrf: "default",
      neighborAddress: remote,
      localAddress: local,
      localAs,
      peerAs,
      state: "established",
      families: [],
      timers: {},
      ...side.neighbor,
    };
    const port: Interface = { name: "eth0", addresses: [`${local}/31`], adminUp: true, operUp: true, ...side.port };
    const told = { source: base.id, device, observedAt: at, tookMs: 1, neighbors: [neighbor], interfaces: [port] };
    const health = { ...base, state: "ok" as const, lastOkAt: at };
    if (side.errorsBefore !== undefined) {
      snapshot.observe({ ...told, interfaces: [{ ...port, inErrors: side.errorsBefore }] }, health);
    }
    snapshot.observe(told, health);
    if (side.error) snapshot.health({ ...base, state: "failing", lastOkAt: at, error: side.error }, T);
  };
  put("leaf-1", "10.0.0.0", "10.0.0.1", 65_001, 64_512, leaf);
  put("node-1", "10.0.0.1", "10.0.0.0", 64_512, 65_001, node);
  snapshot.tick(T);
  return [...snapshot.sessions.values()][0] as Session;
}

function error(direction: LastError["direction"], text: string, notification?: NotificationCode): LastError {
  return { direction, text, ...(notification && { notification }) };
}

const trying = (lastError?: LastError): Side => ({ neighbor: { state: "active", ...(lastError && { lastError }) } });
const withPassword = (side: Side): Side => ({ ...side, neighbor: { ...side.neighbor, password: "set" } });
const dead: SourceHealth["error"] = { reason: "no-daemon", text: "node-1/x has no daemon listening", since: T };

test.each<[string, Side, Side, string, string, string | undefined, string | undefined]>([
  ["both hold it", {}, {}, "up", "none", undefined, undefined],
  [
    "a neighbor is shut on the ToR",
    trying(error("received", "Administrative shutdown", CEASE.adminShutdown)),
    { neighbor: { state: "idle", heldDown: { by: "admin", text: "rack A" } } },
    "admin-down",
    "admin-shutdown",
    "far",
    "certain",
  ],
  [
    "a BIRD protocol is disabled",
    { neighbor: { state: "idle", heldDown: { by: "admin" } } },
    trying(error("received", "Cease", CEASE.adminShutdown)),
    "admin-down",
    "admin-shutdown",
    "near",
    "certain",
  ],
  [
    "the ToR's prefix limit is hit",
    trying(error("local", "Connection closed")),
    { neighbor: { state: "idle", heldDown: { by: "prefix-limit" } } },
    "down",
    "prefix-limit",
    "near",
    "likely",
  ],
  [
    "the node's own import limit is hit",
    { neighbor: { state: "idle", heldDown: { by: "prefix-limit" } } },
    trying(),
    "down",
    "prefix-limit",
    "far",
    "likely",
  ],
  [
    "the node's port is shut",
    { ...trying(), port: { adminUp: false, operUp: false } },
    { ...trying(), port: { operUp: false } },
    "down",
    "interface-shut",
    "near",
    "certain",
  ],
  [
    "the ToR's port is shut",
    trying(),
    { ...trying(), port: { adminUp: false, operUp: false } },
    "down",
    "interface-shut",
    "far",
    "certain",
  ],
  [
    "both ports lost the carrier",
    { ...trying(), port: { operUp: false } },
    { ...trying(), port: { operUp: false } },
    "down",
    "link-down",
    "between",
    "certain",
  ],
  [
    "BIRD was killed",
    { error: dead, silentMs: 500 },
    trying(error("local", "Peer closed the session")),
    "down",
    "speaker-gone",
    "near",
    "certain",
  ],
  [
    "BIRD was killed long ago",
    { error: dead, silentMs: 60_000 },
    trying(error("local", "Peer closed the session")),
    "down",
    "speaker-gone",
    "near",
    "certain",
  ],
  [
    "BIRD ended in order: its daemon is gone, nothing was shut",
    { error: dead, silentMs: 500 },
    trying(error("received", "Cease", CEASE.adminShutdown)),
    "down",
    "speaker-gone",
    "near",
    "certain",
  ],
  [
    "the ToR expects another AS",
    trying(error("received", "Bad peer AS", BAD_PEER_AS)),
    { neighbor: { state: "active", peerAs: 64_599 } },
    "down",
    "wrong-peer-as",
    "far",
    "certain",
  ],
  [
    "the node expects another AS",
    { neighbor: { state: "idle", peerAs: 65_099 } },
    trying(),
    "down",
    "wrong-peer-as",
    "near",
    "certain",
  ],
  [
    "the node's password was changed",
    withPassword(trying()),
    withPassword(trying(error("received", "Cease", CEASE.configChange))),
    "down",
    "password",
    "near",
    "likely",
  ],
  [
    "the ToR's password was changed",
    withPassword(trying(error("received", "Cease", CEASE.configChange))),
    withPassword(trying()),
    "down",
    "password",
    "far",
    "likely",
  ],
  ["passwords differ from the start", trying(), withPassword(trying()), "down", "password", "both", "likely"],
  [
    "only the ToR has a password",
    { neighbor: { state: "active", password: "none" } },
    withPassword(trying()),
    "down",
    "password",
    "near",
    "likely",
  ],
  ["silence without any password", trying(), trying(), "down", "no-answer", "between", "likely"],
  [
    "the ToR stopped hearing the node",
    trying(error("received", "Hold timer expired", HOLD_TIMER_EXPIRED)),
    trying(error("sent", "Hold Timer Expired", HOLD_TIMER_EXPIRED)),
    "down",
    "hold-timer",
    "between",
    "likely",
  ],
  [
    "the same, and the ToR's port counts errors",
    trying(error("received", "Hold timer expired", HOLD_TIMER_EXPIRED)),
    {
      ...trying(error("sent", "Hold Timer Expired", HOLD_TIMER_EXPIRED)),
      port: { inErrors: 4_812 },
      errorsBefore: 4_700,
    },
    "down",
    "hold-timer",
    "far",
    "likely",
  ],
  [
    "the same, and the ToR's port has old errors",
    trying(error("received", "Hold timer expired", HOLD_TIMER_EXPIRED)),
    {
      ...trying(error("sent", "Hold Timer Expired", HOLD_TIMER_EXPIRED)),
      port: { inErrors: 4_812 },
      errorsBefore: 4_812,
    },
    "down",
    "hold-timer",
    "between",
    "likely",
  ],
  [
    "the ToR keeps the routes of a node whose hold timer ended: silence, not a restart",
    trying(),
    {
      neighbor: {
        state: "active",
        gracefulRestart: { keepingStale: true },
        lastError: error("sent", "Hold Timer Expired", HOLD_TIMER_EXPIRED),
      },
    },
    "down",
    "hold-timer",
    "between",
    "likely",
  ],
  [
    "the node restarts, and the ToR keeps its routes",
    trying(),
    { neighbor: { state: "active", gracefulRestart: { keepingStale: true, restartSec: 120 } } },
    "down",
    "graceful-restart",
    "near",
    "likely",
  ],
  [
    "BFD went down",
    trying(error("local", "BFD session down")),
    trying(error("sent", "Cease/BFD Down", CEASE.bfdDown)),
    "down",
    "bfd-down",
    "between",
    "likely",
  ],
  [
    "the ToR does not listen",
    trying(error("local", "Connection refused")),
    { neighbor: { state: "idle" }, silentMs: 9_000 },
    "down",
    "connection-refused",
    "far",
    "likely",
  ],
  ["the node has no route", trying(error("local", "No route to host")), trying(), "down", "no-route", "near", "likely"],
  ["one end lost it, the other does not know yet", {}, trying(), "down", "disputed", "both", "likely"],
  ["one end holds it, the other is not seen", {}, { silentMs: 9_000 }, "up", "none", undefined, undefined],
  ["neither end is seen", { silentMs: 9_000 }, { silentMs: 9_000 }, "unknown", "source-silent", "unseen", "certain"],
  [
    "a family was not agreed",
    { neighbor: { families: [{ family: "ipv6-unicast", negotiated: false }] } },
    {},
    "degraded",
    "family-missing",
    "far",
    "likely",
  ],
  [
    "the prefix limit is near",
    {},
    { neighbor: { families: [{ family: "ipv4-unicast", accepted: 16, limit: { max: 20 } }] } },
    "degraded",
    "limit-near",
    "far",
    "certain",
  ],
  [
    "BFD does not protect",
    { neighbor: { bfd: { state: "init" } } },
    {},
    "degraded",
    "bfd-missing",
    "between",
    "likely",
  ],
])("%s", (_story, node, leaf, status, cause, end, certainty) => {
  const found = session(node, leaf);
  expect([found.status, found.verdict.cause, found.verdict.fault?.end, found.verdict.fault?.certainty]).toEqual([
    status,
    cause,
    end,
    certainty,
  ]);
});

test("a verdict names devices, ends like a sentence, and says what to look at whenever something is wrong", () => {
  const stories = [
    session(trying(), withPassword(trying())),
    session({ error: dead, silentMs: 500 }, trying()),
    session(trying(), { neighbor: { state: "idle", heldDown: { by: "admin", text: "planned work" } } }),
  ];
  for (const { verdict } of stories) {
    expect(verdict.sentence).toMatch(/(node-1|leaf-1).*\.$/);
    expect(verdict.sentence).not.toMatch(/\b(near|far|undefined|error)\b/);
    expect(verdict.checkFirst.length).toBeGreaterThan(0);
  }
});

test("that both ends answer is said only where both do", () => {
  const stopped = trying(error("sent", "Hold Timer Expired", HOLD_TIMER_EXPIRED));
  expect(session(trying(), stopped).verdict.fault?.because).toMatch(/^both ends answer us/);
  expect(session({ silentMs: 9_000 }, stopped).verdict.fault?.because).toBe("node-1 cannot be seen from here");
});

test("a shutdown that only the other end told is admin-down when its end cannot be seen", () => {
  const snapshot = new Snapshot([{ name: "leaf-1", role: "leaf" }]);
  const lastError = { ...error("received", "Cease", CEASE.adminShutdown), communication: "moving racks" };
  const lone: Neighbor = {
    id: "leaf-1|default|10.0.0.9",
    device: "leaf-1",
    vrf: "default",
    neighborAddress: "10.0.0.9",
    state: "active",
    families: [],
    timers: {},
    lastError,
  };
  const health = { id: "leaf-1/x", kind: "x", device: "leaf-1", everyMs: 1_000, address: "x", lastOkAt: T };
  snapshot.observe(
    { source: "leaf-1/x", device: "leaf-1", observedAt: T, tookMs: 1, neighbors: [lone] },
    { ...health, state: "ok" },
  );
  const [found] = snapshot.sessions.values();
  expect(found).toMatchObject({ status: "admin-down", verdict: { cause: "admin-shutdown", fault: { end: "far" } } });
  expect(found?.verdict.sentence).toContain("“moving racks”");
});
