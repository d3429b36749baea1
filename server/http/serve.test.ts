import { request as ask, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import type { DeltaStream } from "../collector/delta-stream.ts";
import { LiveFabric } from "../collector/live-fabric.ts";
import { createConsoleServer, type PageHandler } from "./serve.ts";
import { ViewAnswer } from "./view-answer.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const fabric = new LiveFabric({ name: "<f>", demo: false, exposed: false, version: "0" }, [], [], 0);

async function started(pages: PageHandler | undefined, faults: unknown[] = []) {
  const server = createConsoleServer({
    rules: { exposed: false, hostNames: [] },
    dev: false,
    stream: {
      serve: (res: { end(text: string): void }, after: string) => res.end(`stream after ${after}`),
    } as unknown as DeltaStream,
    view: new ViewAnswer(fabric),
    pages: pages ? Promise.resolve(pages) : new Promise(() => undefined),
    patienceMs: 50,
    onFault: (error) => faults.push(error),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const req = ask({ port, host: "127.0.0.1", path, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk: Buffer) => chunks.push(chunk));
        res.on("end", () => {
          const bytes = Buffer.concat(chunks);
          const text = (res.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
          resolve({ status: res.statusCode ?? 0, headers: res.headers, text });
        });
      });
      req.on("error", reject).end();
    });
}

test("every answer, refusals and faults included, bears the headers of S9b and a policy with its own nonce", async () => {
  const get = await started(async (req, res) => {
    if (req.url === "/broken") throw new Error("secret detail");
    res.end("page");
  });
  const policies = new Set<string>();
  for (const [path, headers] of [
    ["/", {}],
    ["/broken", {}],
    ["/", { host: "evil.example" }],
    ["/healthz", {}],
  ] as const) {
    const answer = await get(path, headers);
    const policy = String(answer.headers["content-security-policy"]);
    policies.add(policy);
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic';/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(answer.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(answer.text).not.toContain("secret detail");
  }
  expect(policies.size).toBe(4);
});

test("a client cannot set what only the server may tell the pages", async () => {
  let seen: IncomingHttpHeaders = {};
  const get = await started(async (req, res) => {
    seen = { ...req.headers };
    res.end();
  });
  const forged = {
    "x-middleware-subrequest": "a",
    "x-forwarded-for": "1.2.3.4",
    "x-nonce": "mine",
    "content-security-policy": "none",
    "x-real-ip": "1",
  };
  const { headers } = await get("/", forged);
  expect(seen["x-middleware-subrequest"]).toBeUndefined();
  expect(seen["x-forwarded-for"]).toBeUndefined();
  expect(seen["x-real-ip"]).toBeUndefined();
  expect(headers["content-security-policy"]).toContain(`'nonce-${seen["x-nonce"]}'`);
  expect(seen["content-security-policy"]).toBe(headers["content-security-policy"]);
});

test("who asks before the pages are ready waits a little, then is told; the stream already answers", async () => {
  const get = await started(undefined);
  expect(await get("/")).toMatchObject({ status: 503, text: "starting\n" });
  expect((await get("/api/stream?after=b%3A4")).text).toBe("stream after b:4");
  expect((await get("/api/stream?after=b%3A4", { "last-event-id": "b:7" })).text).toBe("stream after b:7");
});

test("a page that is ready leaves no timer behind", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const pages: PageHandler = async (_req, res) => {
    res.end(String(timers()));
  };
  const get = await started(pages);
  const [first] = [await get("/"), await get("/"), await get("/"), await get("/")];
  expect((await get("/")).text).toBe(first?.text);
});

test("a fault of ours is told to the log, and to the client only that there was one", async () => {
  const faults: unknown[] = [];
  const get = await started(() => Promise.reject(new Error("boom")), faults);
  expect(await get("/")).toMatchObject({ status: 500, text: "the console could not answer; its log says why\n" });
  expect(faults).toHaveLength(1);
});

test("the view is answered at once, alone or as a batch of one, packed for who takes it, and made once a second", async () => {
  const get = await started(undefined);
  const path = "/api/trpc/fabric.view";
  const plain = await get(path);
  expect(JSON.parse(plain.text).result.data).toMatchObject({ id: fabric.id, fabric: { name: "<f>" }, sessions: [] });
  expect(plain.headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
  const packed = await get(path, { "accept-encoding": "gzip, br" });
  expect(packed.headers["content-encoding"]).toBe("gzip");
  expect(packed.text).toBe(plain.text);
  const batch = await get(`${path}?batch=1&input=%7B%7D`);
  expect(batch.text).toBe(`[${plain.text}]`);
  expect((await get(path, { origin: "https://evil.example" })).status).toBe(403);
});
