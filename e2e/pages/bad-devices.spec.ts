import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { parse, stringify } from "yaml";
import { startBadDevices } from "./bad-devices.ts";
import { fabricView, startConsole, startDemo } from "./programs.ts";

interface Config {
  poll: Record<string, number>;
  devices: { name: string; role: string; sources: { kind: string; username?: object; password?: object }[] }[];
}

test("fourteen devices that misbehave harm no other, and each is unknown with its reason, never down or up", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const dir = mkdtempSync(join(tmpdir(), "peerglass-bad-"));
  const demo = await startDemo("--seed", "3");
  const config = parse(readFileSync(demo.config, "utf8")) as Config;
  const { username = {}, password = {} } =
    config.devices.flatMap((device) => device.sources).find((source) => source.password) ?? {};
  const bad = await startBadDevices(dir, { username, password });
  const file = join(dir, "peerglass.yaml");
  const mixed = {
    ...config,
    poll: { everySec: 1, deadlineSec: 3 },
    devices: [...config.devices, ...bad.devices.map(({ name, sources }) => ({ name, role: "leaf", sources }))],
  };
  writeFileSync(file, stringify(mixed));
  const app = await startConsole(file);
  try {
    const good = new Set(config.devices.map((device) => device.name));
    await expect.poll(async () => upShare(app.url), { timeout: 20_000 }).toBe(1);
    const rssBefore = rssMb(app.pid());
    let oldest = 0;
    for (let i = 0; i < 24; i++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const view = await fabricView(app.url);
      expect(view.sessions.filter((session) => session.status !== "up")).toEqual([]);
      for (const source of view.sources) {
        if (good.has(source.device)) oldest = Math.max(oldest, Date.now() - (source.lastOkAt ?? 0));
      }
    }
    // A good device asked every second is never stale (2 s), whatever the bad ones do beside it.
    expect(oldest).toBeLessThan(2_000);
    expect(rssMb(app.pid()) - rssBefore).toBeLessThan(150);

    const { sources, sessions } = await fabricView(app.url);
    const told = Object.fromEntries(
      sources
        .filter((source) => source.device.startsWith("bad-"))
        .map((source) => [source.device, source.error?.reason]),
    );
    expect(told).toEqual(Object.fromEntries(bad.devices.map(({ name, reason }) => [name, reason])));
    expect(
      sessions.some((session) => session.near.device?.startsWith("bad-") || session.far.device?.startsWith("bad-")),
    ).toBe(false);
    expect(bad.leaked, "no credential may reach a stranger or follow a redirect").toEqual([]);

    await page.goto(`${app.url}/sources`);
    for (const words of [
      "showed a certificate that we do not trust",
      "sent us elsewhere",
      "answered with more than we take",
      "did not answer in time",
    ]) {
      await expect(page.getByText(words).first()).toBeVisible();
    }
  } finally {
    await app.stop();
    await bad.stop();
    await demo.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});

test("a session whose two ends fall silent becomes unknown, passes through no down, and comes back", async () => {
  test.setTimeout(120_000);
  const demo = await startDemo("--seed", "5");
  const config = parse(readFileSync(demo.config, "utf8")) as Config;
  writeFileSync(demo.config, stringify({ ...config, poll: { everySec: 1, deadlineSec: 2 } }));
  const app = await startConsole(demo.config);
  try {
    await expect.poll(async () => upShare(app.url), { timeout: 20_000 }).toBe(1);
    await demo.control("inject dead leaf-1");
    await demo.control("inject dead node-01");
    const seen = new Set<string>();
    const status = async () => {
      const { sessions } = await fabricView(app.url);
      const word =
        sessions.find(({ near, far }) => near.device === "node-01" && far.device === "leaf-1")?.status ?? "absent";
      seen.add(word);
      return word;
    };
    await expect.poll(status, { timeout: 20_000, intervals: [100] }).toBe("unknown");
    const { sessions } = await fabricView(app.url);
    // What only one end of has fallen silent is told by the other.
    expect(sessions.filter((session) => session.status !== "up").map((session) => session.near.device)).toEqual([
      "node-01",
    ]);
    await demo.control("heal all");
    await expect.poll(status, { timeout: 40_000, intervals: [100] }).toBe("up");
    expect([...seen].sort()).toEqual(["unknown", "up"]);
  } finally {
    await app.stop();
    await demo.stop();
  }
});

async function upShare(url: string): Promise<number> {
  const { sessions } = await fabricView(url);
  // 24 of nodes and 8 of spines: fewer are still being found.
  return sessions.length < 32 ? 0 : sessions.filter((session) => session.status === "up").length / sessions.length;
}

function rssMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1024;
}
