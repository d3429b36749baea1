import { request as ask, createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { DeltaStream } from "./delta-stream.ts";
import { LiveFabric } from "./live-fabric.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function started() {
  const fabric = new LiveFabric(
    { name: "t", demo: false, exposed: false, version: "0" },
    [{ name: "a", role: "leaf" }],
    [],
    0,
  );
  const stream = new DeltaStream(fabric);
  const server: Server = createServer((req, res) =>
    stream.serve(res, new URL(req.url ?? "", "http://x").searchParams.get("after") ?? undefined),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    stream.close();
    server.closeAllConnections();
    server.close();
  });
  let at = 1_000;
  const change = () => {
    at += 1_000;
    const health: SourceHealth = {
      id: "a/x",
      kind: "x",
      device: "a",
      everyMs: 1_000,
      state: "ok",
      address: "x",
      lastOkAt: at,
    };
    fabric.health(health, at);
    fabric.flush(at);
  };
  return { fabric, stream, change, port: (server.address() as AddressInfo).port };
}

/** Reads until `enough` says so or the stream ends. */
function read(port: number, after: string | undefined, enough: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const query = after === undefined ? "" : `?after=${after}`;
    const req = ask({ port, host: "127.0.0.1", path: `/api/stream${query}` }, (res: IncomingMessage) => {
      let text = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => {
        text += chunk;
        if (!enough(text)) return;
        req.destroy();
        resolve(text);
      });
      res.on("end", () => resolve(text));
    });
    req.on("error", reject);
    req.end();
  });
}

const ids = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map((match) => match[1]);

test("a reader that comes back gets exactly what it missed, then what happens next", async () => {
  const { fabric, change, port } = await started();
  for (let i = 0; i < 5; i++) change();
  const reading = read(port, `${fabric.boot}:2`, (text) => ids(text).length === 4);
  await expect.poll(() => fabric.id).toBe(`${fabric.boot}:5`);
  setTimeout(change, 50);
  expect(ids(await reading)).toEqual([3, 4, 5, 6].map((n) => `${fabric.boot}:${n}`));
});

test("a reader that has everything gets nothing but the beat", async () => {
  const { fabric, change, port } = await started();
  change();
  const text = await read(port, fabric.id, (so) => so.includes("event: beat"));
  expect(text).toMatch(/^event: beat\ndata: \{"now":\d+\}\n\n$/);
});

test.each([undefined, "", "nonsense", "other-boot:1", "BOOT:99", "BOOT:x", "BOOT:-1"])(
  "the id %s is told to resync, never half served",
  async (id) => {
    const { fabric, change, port } = await started();
    change();
    const text = await read(port, id?.replace("BOOT", fabric.boot), () => false);
    expect(text).toContain("event: resync");
    expect(ids(text)).toEqual([]);
  },
);

test("a reader beyond the kept frames is told to resync", async () => {
  const { fabric, change, port } = await started();
  for (let i = 0; i < 3_005; i++) change();
  expect(await read(port, `${fabric.boot}:1`, () => false)).toContain("event: resync");
  const all = await read(port, `${fabric.boot}:6`, (text) => ids(text).length >= 2_999);
  expect(ids(all)).toHaveLength(2_999);
});

test("a reader that missed more than it may owe is told to resync, not cut off again and again", async () => {
  const { fabric, stream, port } = await started();
  const error = (text: string) => ({ reason: "failed" as const, text, since: 1 });
  for (let at = 1; at <= 8; at++) {
    const text = `${at}${"x".repeat(200_000)}`;
    const source = { id: "a/x", kind: "x", device: "a", everyMs: 1_000, state: "failing" as const, address: "x" };
    fabric.health({ ...source, error: error(text) }, at);
    fabric.flush(at);
  }
  expect(await read(port, `${fabric.boot}:1`, () => false)).toContain("event: resync");
  const fewer = await read(port, `${fabric.boot}:5`, (text) => ids(text).length === 3);
  expect(ids(fewer)).toHaveLength(3);
  expect(stream.cutOff).toBe(0);
});

test("a reader that stops reading is cut off, and the others go on", async () => {
  const { fabric, stream, port } = await started();
  const stuck = ask({ port, host: "127.0.0.1", path: `/api/stream?after=${fabric.id}` }, (res) => res.pause());
  stuck.on("error", () => undefined);
  stuck.end();
  open.push(() => stuck.destroy());
  const lively = read(port, fabric.id, (text) => text.includes("last-one"));
  await expect.poll(() => stream.readers).toBe(2);
  const long = "x".repeat(200_000);
  let at = 1;
  const push = (text: string) => {
    at += 1;
    const error = { reason: "failed" as const, text, since: at };
    fabric.health({ id: "a/x", kind: "x", device: "a", everyMs: 1_000, state: "failing", address: "x", error }, at);
    fabric.flush(at);
  };
  for (let i = 0; i < 200 && stream.cutOff === 0; i++) {
    push(`${i}${long}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(stream.cutOff).toBe(1);
  push("last-one");
  expect(await lively).toContain("last-one");
});
