import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { parse, stringify } from "yaml";
import { fabricView, startConsole, startDemo } from "./programs.ts";

const CANARIES = ["canary-user-7f3a", "canary-password-91bc"];

/** As it is, and as it would stand in a header, in a URL, or hidden a little. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const pair = Buffer.from(`${CANARIES[0]}:${CANARIES[1]}`).toString("base64");
  return [
    secret,
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("hex"),
    encodeURIComponent(secret),
    pair.slice(4, 30),
  ];
}

test("no answer, page, script, stream or log holds a credential, also when devices refuse it", async ({ page }) => {
  test.setTimeout(120_000);
  const dir = mkdtempSync(join(tmpdir(), "peerglass-secrets-"));
  const demo = await startDemo("--seed", "9");
  const config = parse(readFileSync(demo.config, "utf8")) as {
    devices: { sources: { kind: string; username?: unknown; password?: unknown; login?: string }[] }[];
  };
  const file = join(dir, "password");
  writeFileSync(file, CANARIES[1] ?? "", { mode: 0o600 });
  let refused = 0;
  for (const source of config.devices.flatMap((device) => device.sources)) {
    // Two switches get the canaries, which they refuse: one by basic login, one by session. The others stay right.
    if (source.kind !== "arista-eapi" || refused >= 2) continue;
    Object.assign(source, { username: CANARIES[0], password: { file }, login: refused === 0 ? "basic" : "session" });
    refused += 1;
  }
  const mixed = join(dir, "peerglass.yaml");
  writeFileSync(mixed, stringify(config));
  const app = await startConsole(mixed, { LOG_LEVEL: "trace", DEBUG: "*", NODE_DEBUG: "" });
  const seen: { where: string; text: string }[] = [];
  try {
    await expect
      .poll(
        async () =>
          (await fabricView(app.url)).sources.filter((source) => source.error?.reason === "unauthorized").length,
        { timeout: 20_000 },
      )
      .toBe(2);
    page.on("response", (response) => {
      if (response.url().includes("/api/stream")) return;
      void response.text().then(
        (text) => seen.push({ where: response.url(), text: `${JSON.stringify(response.headers())}\n${text}` }),
        () => undefined,
      );
    });
    const { sessions, sources } = await fabricView(app.url);
    const details = sessions.slice(0, 6).map(({ id }) => `/sessions/${encodeURIComponent(id)}`);
    const devices = [...new Set(sources.map((source) => source.device))].slice(0, 8).map((name) => `/devices/${name}`);
    for (const path of ["/", "/topology", "/sessions", "/devices", "/sources", "/nowhere", ...details, ...devices]) {
      await page.goto(app.url + path);
      await page.waitForTimeout(400);
      seen.push({ where: `${path} as drawn`, text: await page.content() });
    }
    for (const path of [
      "/api/trpc/fabric.view",
      "/api/trpc/fabric.device?input=%7B%22name%22%3A%22spine-1%22%7D",
      "/api/trpc/fabric.session?input=%7B%22id%22%3A%22nothing%22%7D",
      "/api/trpc/fabric.session?input=broken",
      "/api/trpc/nothing.here",
      "/api/nothing",
      "/healthz",
    ]) {
      const answer = await fetch(app.url + path);
      seen.push({ where: path, text: `${JSON.stringify([...answer.headers])}\n${await answer.text()}` });
    }
    seen.push({ where: "stream", text: await streamFor(app.url, 3_000) });
    seen.push({ where: "the console's own output", text: app.output() });
    const storage = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    seen.push({ where: "the browser's storage", text: storage });
    expect(seen.length).toBeGreaterThan(40);
    const leaks = seen.flatMap(({ where, text }) =>
      CANARIES.slice(1)
        .flatMap(forms)
        .filter((form) => text.includes(form))
        .map((form) => `${where}: ${form}`),
    );
    expect(leaks).toEqual([]);
    expect(app.output()).toContain("refused our credentials");
  } finally {
    await app.stop();
    await demo.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});

async function streamFor(url: string, ms: number): Promise<string> {
  const { id } = (await fabricView(url)) as unknown as { id: string };
  const stop = AbortSignal.timeout(ms);
  const answer = await fetch(`${url}/api/stream?after=${encodeURIComponent(id)}`, { signal: stop });
  let text = "";
  try {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
  } catch {
    // The time is over: what came is what is looked at.
  }
  return text;
}
