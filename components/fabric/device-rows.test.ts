import { expect, test } from "vitest";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import type { DeviceRow, FabricView, SessionRow } from "../../lib/view/view.ts";
import { deviceLines } from "./device-rows.ts";

const NOW = 1_700_000_000_000;

function source(device: string, lastOkAt?: number): SourceHealth {
  return {
    id: `${device}/x`,
    kind: "frr",
    device,
    everyMs: 1_000,
    state: "ok",
    address: "x",
    ...(lastOkAt !== undefined && { lastOkAt }),
  };
}

function session(node: string, leaf: string, status: SessionRow["status"]): SessionRow {
  return {
    id: `${node}~${leaf}`,
    vrf: "default",
    kind: "node-tor",
    near: { device: node },
    far: { device: leaf },
    status,
    cause: "none",
    sentence: "",
  };
}

function view(devices: DeviceRow[], sessions: SessionRow[], sources: SourceHealth[]): FabricView {
  return {
    id: "b:1",
    asOf: NOW,
    fabric: { name: "f", demo: false, exposed: false, version: "0" },
    events: [],
    sessions: new Map(sessions.map((one) => [one.id, one])),
    devices: new Map(devices.map((one) => [one.name, one])),
    sources: new Map(sources.map((one) => [one.id, one])),
  };
}

const leaf = (name: string, watched = true): DeviceRow => ({
  name,
  role: "leaf",
  sources: watched ? [`${name}/x`] : [],
});

test("a device whose sources are silent is unknown, though its sessions are told up by their other ends", () => {
  const lines = deviceLines(
    view([leaf("leaf-1")], [session("n", "leaf-1", "up")], [source("leaf-1", NOW - 9_000)]),
    NOW,
  );
  expect(lines[0]).toMatchObject({ status: "unknown", watched: "silent", up: 1, heardAt: NOW - 9_000 });
});

test("a device without sources is not observed, which is no fault", () => {
  expect(deviceLines(view([leaf("leaf-1", false)], [], []), NOW)[0]).toMatchObject({
    status: "up",
    watched: "not-observed",
  });
});

test("worst first, then as people count", () => {
  const names = ["leaf-10", "leaf-2", "leaf-3"];
  const lines = deviceLines(
    view(
      names.map((name) => leaf(name)),
      [session("n", "leaf-3", "down")],
      names.map((name) => source(name, NOW)),
    ),
    NOW,
  );
  expect(lines.map(({ device }) => device.name)).toEqual(["leaf-3", "leaf-2", "leaf-10"]);
});

test("one lost session of several degrades a device, all of them lost make it down, one shut on purpose does neither", () => {
  const status = (...rows: SessionRow["status"][]) =>
    deviceLines(
      view(
        [leaf("leaf-1")],
        rows.map((one, i) => session(`n${i}`, "leaf-1", one)),
        [source("leaf-1", NOW)],
      ),
      NOW,
    )[0]?.status;
  expect(status("down", "up")).toBe("degraded");
  expect(status("down", "admin-down")).toBe("down");
  expect(status("admin-down", "up")).toBe("up");
  expect(status("unknown", "unknown")).toBe("unknown");
});
