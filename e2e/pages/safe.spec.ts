import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { startConsole } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Raw, because a browser and `fetch` would not let us send some of these. */
function ask(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const req = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    req.on("error", reject);
    req.end(body);
  });
}

test("every answer of the real program, errors too, bears the security headers, and no two policies are alike", async ({
  app,
}) => {
  const policies = new Set<unknown>();
  for (const path of [
    "/",
    "/sessions",
    "/nowhere",
    "/api/trpc/fabric.view",
    "/api/trpc/nothing",
    "/healthz",
    "/icon.svg",
  ]) {
    const { headers } = await ask(app.url, "GET", path);
    policies.add(headers["content-security-policy"]);
    expect(headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "x-frame-options": "DENY",
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
  expect(policies.size).toBe(7);
});

test("what no page of ours sends is refused by the real program", async ({ app }) => {
  const json = { "content-type": "application/json", "content-length": "2", "x-peerglass": "1" };
  const batch = (n: number) => `/api/trpc/${Array(n).fill("fabric.view").join(",")}?batch=1&input=%7B%7D`;
  for (const [want, method, path, headers] of [
    [421, "GET", "/", { host: "attacker.example" }],
    [403, "GET", "/api/stream", { origin: "https://attacker.example" }],
    [403, "GET", "/api/trpc/fabric.view", { "sec-fetch-site": "cross-site" }],
    [403, "POST", "/api/trpc/fabric.view", { ...json, "sec-fetch-site": "cross-site" }],
    [415, "POST", "/api/trpc/fabric.view", { ...json, "content-type": "multipart/form-data; boundary=x" }],
    [405, "DELETE", "/api/trpc/fabric.view", {}],
    [400, "GET", batch(21), {}],
    [400, "GET", "//etc/passwd", {}],
  ] as const) {
    expect(
      (await ask(app.url, method, path, { ...headers }, method === "POST" ? "{}" : "")).status,
      `${method} ${path.slice(0, 60)}`,
    ).toBe(want);
  }
  expect((await ask(app.url, "GET", batch(20))).status).toBe(200);
});

test("beyond loopback it starts only when told so, and then every page warns", async ({ page, demo }) => {
  const dir = mkdtempSync(join(tmpdir(), "peerglass-safe-"));
  const config = parse(readFileSync(demo.config, "utf8")) as object;
  const write = (listen: object) => {
    const file = join(dir, "peerglass.yaml");
    writeFileSync(file, stringify({ ...config, listen }));
    return file;
  };
  try {
    await expect(startConsole(write({ host: "0.0.0.0" }))).rejects.toThrow(/no sign-in yet/);
    const open = await startConsole(write({ host: "0.0.0.0", allowRemote: true }));
    try {
      for (const path of ["/", "/topology", "/sessions", "/devices", "/sources"]) {
        await page.goto(open.url + path);
        await live(page);
        await expect(page.getByText(/without sign-in|no sign-in/i).first()).toBeVisible();
      }
    } finally {
      await open.stop();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("a policy is kept: no page of ours breaks it, and no script without the nonce runs", async ({ page, app }) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
  });
  for (const path of ["/", "/topology", "/sessions", "/devices", "/sources"]) {
    await page.goto(app.url + path);
    await live(page);
  }
  expect(broken).toEqual([]);
  const ran = await page.evaluate(() => {
    const inline = document.createElement("div");
    inline.setAttribute("onclick", "window.ran=1");
    document.body.append(inline);
    inline.click();
    return (window as unknown as { ran?: number }).ran;
  });
  expect(ran).toBeUndefined();
});
