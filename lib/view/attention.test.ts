import { expect, test } from "vitest";
import type { SourceHealth } from "../fabric/observation.ts";
import type { SessionStatus } from "../fabric/session.ts";
import type { Cause, Fault } from "../fabric/verdict.ts";
import { attention } from "./attention.ts";
import { redundancy } from "./redundancy.ts";
import { sessionFilter } from "./session-filter.ts";
import { viewCounts } from "./summary.ts";
import type { DeviceRow, FabricView, SessionRow } from "./view.ts";

const NOW = 1_700_000_000_000;

function row(
  node: string,
  leaf: string,
  status: SessionStatus,
  cause: Cause = "none",
  more: Partial<SessionRow> = {},
): SessionRow {
  return {
    id: `${node}~${leaf}`,
    vrf: "default",
    kind: "node-tor",
    near: { device: node, rack: "r1" },
    far: { device: leaf, rack: "r1" },
    status,
    cause,
    sentence: `${leaf} and ${node}: ${cause}.`,
    since: NOW - 60_000,
    ...more,
  };
}

function at(where: string, end: Fault["end"] = "far"): Fault {
  return { end, where, certainty: "certain", because: "it says so" };
}

function view(
  rows: readonly SessionRow[],
  sources: readonly SourceHealth[] = [],
  devices: readonly DeviceRow[] = [],
): FabricView {
  const names = new Set(
    rows.flatMap(({ near, far }) => [near.device, far.device].filter((name) => name !== undefined)),
  );
  const known = [...names].map(
    (name): DeviceRow => ({ name, role: name.startsWith("node") ? "node" : "leaf", rack: "r1", sources: [] }),
  );
  return {
    id: "b:1",
    asOf: NOW,
    fabric: { name: "f", demo: false, exposed: false, version: "0" },
    events: [],
    sessions: new Map(rows.map((one) => [one.id, one])),
    devices: new Map([...known, ...devices].map((one) => [one.name, one])),
    sources: new Map(sources.map((one) => [one.id, one])),
  };
}

const nodes = (n: number) => Array.from({ length: n }, (_, i) => `node-${i + 1}`);

test("nothing wrong needs nobody", () => {
  expect(attention(view(nodes(3).map((node) => row(node, "leaf-1", "up"))), NOW)).toEqual([]);
});

test("a dead ToR is one entry for all its sessions, and says that the nodes still get out", () => {
  const rows = nodes(12).flatMap((node) => [
    row(node, "leaf-1", "down", "speaker-gone", { fault: at("leaf-1") }),
    row(node, "leaf-2", "up"),
  ]);
  const entries = attention(view(rows), NOW);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    tone: "down",
    sentence: "The BGP daemon of leaf-1 is gone: 12 sessions of 12 nodes lost with it.",
    meaning: "Every node touched still has a way out; no pod lost its path.",
    touches: { short: "12 nodes", detail: "in rack r1" },
  });
  expect(entries[0]?.sessions).toHaveLength(12);
});

test("a node without any way left is told as cut off", () => {
  const rows = [
    row("node-1", "leaf-1", "down", "speaker-gone", { fault: at("node-1", "near") }),
    row("node-1", "leaf-2", "down", "speaker-gone", { fault: at("node-1", "near") }),
  ];
  expect(attention(view(rows), NOW)[0]?.meaning).toBe("node-1 has no way out left: its pods are cut off.");
});

test("what cannot be seen of a device whose daemon is gone belongs to that one entry", () => {
  const rows = [
    row("node-1", "leaf-1", "down", "speaker-gone", { fault: at("node-1", "near") }),
    row("node-1", "leaf-2", "unknown", "source-silent", { fault: at("node-1 and leaf-2", "unseen") }),
  ];
  const entries = attention(view(rows), NOW);
  expect(entries.map((entry) => [entry.tone, entry.sessions.length, entry.touches.detail])).toEqual([
    ["down", 2, "node-1 in rack r1"],
  ]);
});

test("different causes at one device stay apart, worst first, purpose last", () => {
  const rows = [
    row("node-1", "leaf-1", "admin-down", "admin-shutdown", { fault: at("leaf-1") }),
    row("node-2", "leaf-1", "degraded", "limit-near", { fault: at("leaf-1") }),
    row("node-3", "leaf-1", "down", "password", { fault: at("node-3", "near") }),
    row("node-4", "leaf-1", "unknown", "source-silent", { fault: at("node-4", "unseen") }),
  ];
  expect(attention(view(rows), NOW).map((entry) => entry.tone)).toEqual(["down", "degraded", "unknown", "admin-down"]);
});

test("of two equals the newer stands first", () => {
  const rows = [
    row("node-1", "leaf-1", "down", "password", { since: NOW - 9_000 }),
    row("node-2", "leaf-1", "down", "password", { since: NOW - 2_000 }),
  ];
  expect(attention(view(rows), NOW).map((entry) => entry.sessions)).toEqual([["node-2~leaf-1"], ["node-1~leaf-1"]]);
});

test("a silent source whose sessions the other ends still tell is an entry of its own, and no session is counted lost", () => {
  const source: SourceHealth = {
    id: "leaf-1/frr",
    kind: "frr",
    device: "leaf-1",
    everyMs: 1_000,
    state: "failing",
    address: "x",
    lastOkAt: NOW - 30_000,
    error: { reason: "timeout", text: "leaf-1/frr did not answer in time", since: NOW - 29_000 },
  };
  const entries = attention(view([row("node-1", "leaf-1", "up")], [source]), NOW);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ tone: "unknown", since: NOW - 29_000, sessions: [], devices: ["leaf-1"] });
  const gone = (where: string) => row("node-1", "leaf-1", "down", "speaker-gone", { fault: at(where) });
  expect(attention(view([gone("leaf-1")], [source]), NOW)).toHaveLength(1);
  // The node's daemon that is gone says nothing of why the ToR is silent.
  expect(attention(view([gone("node-1")], [source]), NOW).map(({ tone }) => tone)).toEqual(["down", "unknown"]);
});

test("whether a node still gets out is not claimed where its other way cannot be seen", () => {
  const dead = { fault: at("leaf-1") };
  const one = [row("node-1", "leaf-1", "down", "speaker-gone", dead), row("node-1", "leaf-2", "unknown")];
  expect(attention(view(one), NOW)[0]?.meaning).toBe(
    "Whether node-1 has another way out is not known: it cannot be seen.",
  );
  const two = [...one, row("node-2", "leaf-1", "down", "speaker-gone", dead), row("node-2", "leaf-2", "up")];
  expect(attention(view(two), NOW)[0]?.meaning).toBe(
    "Whether node-1 has another way out is not known: it cannot be seen.",
  );
});

test("what a lost uplink means is told from the ToR's other uplinks, not assumed", () => {
  const uplink = (leaf: string, spine: string, status: SessionStatus) =>
    row(leaf, spine, status, status === "down" ? "link-down" : "none", { kind: "tor-spine" });
  const meaning = (...rows: SessionRow[]) => attention(view(rows), NOW)[0]?.meaning;
  expect(meaning(uplink("leaf-1", "spine-1", "down"), uplink("leaf-1", "spine-2", "up"))).toBe(
    "leaf-1 still reaches spine-2.",
  );
  expect(meaning(uplink("leaf-1", "spine-1", "down"))).toBe(
    "leaf-1 reaches no spine any more: its rack is cut off from the others.",
  );
  expect(meaning(uplink("leaf-1", "spine-1", "down"), uplink("leaf-1", "spine-2", "unknown"))).toMatch(/not known/);
});

test("a family that was not agreed is not said to flow", () => {
  const found = attention(view([row("node-1", "leaf-1", "degraded", "family-missing")]), NOW);
  expect(found[0]?.meaning).toBe("No routes of that family flow; the others do.");
});

test("a group's link finds every session of it, those that cannot be seen too", () => {
  const rows = [
    row("node-1", "leaf-1", "down", "speaker-gone", { fault: at("leaf-1") }),
    row("node-2", "leaf-1", "unknown", "source-silent", { fault: at("node-2 and leaf-1", "unseen") }),
    row("node-2", "leaf-10", "up"),
  ];
  const [entry] = attention(view(rows), NOW);
  const filter = sessionFilter(new URL(entry?.href ?? "", "http://x").searchParams.get("q") ?? "");
  const found = rows.filter((one) => filter.match(one, { now: NOW, sources: new Map() }));
  expect(found.map(({ id }) => id)).toEqual(entry?.sessions);
});

test("sessions shut for different reasons stay apart by the operator's words, whatever marks these hold", () => {
  const shut = (node: string, text: string) =>
    row(node, "leaf-1", "admin-down", "admin-shutdown", { fault: at("leaf-1"), text, sentence: `Shut: “${text}”.` });
  const rows = [shut("node-1", "a “b” c"), shut("node-2", "a “b” c"), shut("node-3", "a “b” d")];
  const sentences = attention(view(rows), NOW).map(({ sentence }) => sentence);
  expect(sentences).toContain("leaf-1 has shut 2 sessions of 2 nodes on purpose: “a “b” c”.");
  expect(sentences).toHaveLength(2);
});

test("a node's ways count what is up; what cannot be seen is neither a way nor a loss", () => {
  const rows = [
    row("node-1", "leaf-1", "up"),
    row("node-1", "leaf-2", "up"),
    row("node-2", "leaf-1", "up"),
    row("node-2", "leaf-2", "down"),
    row("node-3", "leaf-1", "down"),
    row("node-3", "leaf-2", "down"),
    row("node-4", "leaf-1", "unknown"),
    row("node-4", "leaf-2", "unknown"),
    row("node-5", "leaf-1", "degraded"),
    row("node-5", "leaf-2", "unknown"),
  ];
  const never: DeviceRow = { name: "node-6", role: "node", rack: "r1", sources: [] };
  const bare: DeviceRow = { ...never, name: "node-7", sources: ["node-7/x"] };
  const answers: SourceHealth = {
    id: "node-7/x",
    kind: "x",
    device: "node-7",
    everyMs: 1_000,
    state: "ok",
    address: "x",
    lastOkAt: NOW - 500,
  };
  const found = redundancy(view(rows, [answers], [never, bare]));
  expect(found).toMatchObject({ full: 1, reduced: 2, none: 2, notSeen: 2, total: 7 });
  expect(found.racks[0]?.nodes.map((node) => node.ways)).toEqual([2, 1, 0, undefined, 1, undefined, 0]);
});

test("a view is counted by status", () => {
  const rows = [
    row("node-1", "a", "up"),
    row("node-2", "a", "up"),
    row("node-3", "a", "down"),
    row("node-4", "a", "admin-down"),
  ];
  expect(viewCounts(view(rows))).toEqual({ down: 1, degraded: 0, unknown: 0, "admin-down": 1, up: 2, total: 4 });
});
