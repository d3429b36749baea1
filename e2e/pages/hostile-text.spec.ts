import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { stringify } from "yaml";
import { fabricView, startConsole } from "./programs.ts";

/** What a device may say of itself where people look: markup, links, control and bidirectional characters, sheer length. */
const PAYLOADS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "javascript:alert(1)",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "</title></style></textarea><script>alert(1)</script>",
  "{{alert(1)}}<%= alert(1) %>#{alert(1)}",
  "\u202egnp.exe\u2066 \u0007\u001b[31mred",
  "=cmd|'/c calc'!A1",
  "__proto__",
  "a".repeat(10_000),
  "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
];

for (const csp of [true, false]) {
  test(`device text stays text, with the content security policy ${csp ? "on" : "off"}`, async ({ browser }) => {
    test.setTimeout(90_000);
    const dir = mkdtempSync(join(tmpdir(), "peerglass-text-"));
    const socket = join(dir, "bird.ctl");
    const server = createServer((client) => speak(client));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const file = join(dir, "peerglass.yaml");
    const devices = [{ name: "node-1", role: "node", rack: "r1", sources: [{ kind: "bird", socket }] }];
    writeFileSync(file, stringify({ fabric: { name: "text" }, poll: { everySec: 1 }, devices }));
    const app = await startConsole(file);
    const context = await browser.newContext({ bypassCSP: !csp });
    try {
      await expect
        .poll(async () => (await fabricView(app.url)).sessions.length, { timeout: 15_000 })
        .toBe(PAYLOADS.length);
      const page = await context.newPage();
      const ran: string[] = [];
      page.on("dialog", (dialog) => {
        ran.push(dialog.message());
        void dialog.dismiss();
      });
      const { sessions } = await fabricView(app.url);
      const details = sessions.map(({ id }) => `/sessions/${encodeURIComponent(id)}`);
      for (const path of [
        "/",
        "/topology",
        "/topology?as=table",
        "/sessions",
        "/devices",
        "/devices/node-1",
        "/sources",
        ...details,
      ]) {
        await page.goto(app.url + path);
        await expect(page.locator("main[data-live='true']")).toBeVisible();
        await page.waitForTimeout(300);
        const wild = await page.evaluate(() => ({
          scripts: document.querySelectorAll(
            "main script, main iframe, main img[src='x'], main svg[onload], main style",
          ).length,
          inside: [...document.querySelectorAll("main *")].some((element) =>
            element.getAttributeNames().some((name) => name.startsWith("on")),
          ),
        }));
        expect(wild, path).toEqual({ scripts: 0, inside: false });
        const width = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(width, `px beyond the window on ${path}`).toBeLessThanOrEqual(0);
      }
      expect(ran).toEqual([]);
    } finally {
      await context.close();
      await app.stop();
      server.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });
}

/** Just enough of BIRD 2's control protocol, with a payload in every text that an operator or a peer may set. */
function speak(client: Socket): void {
  client.on("error", () => undefined);
  client.setEncoding("utf8");
  client.write("0001 BIRD 2.0.12 ready.\n");
  client.on("data", (text: string) => {
    for (const line of text.split("\n").filter(Boolean)) client.write(answer(line.trim()));
  });
}

function answer(command: string): string {
  if (command === "restrict") return "0016 Access restricted\n";
  if (command === "show status") {
    return "1000-BIRD 2.0.12\n1011-Router ID is 10.0.0.1\n Hostname is <b>node</b>\n Current server time is 2026-11-25 02:00:00.000\n Last reboot on 2026-11-25 01:00:00.000\n Last reconfiguration on 2026-11-25 01:00:00.000\n0013 Daemon is up and running\n";
  }
  const head = "2002-Name       Proto      Table      State  Since         Info\n";
  if (command === "show protocols") return `${head}${PAYLOADS.map((_, i) => `1002-${row(i)}\n`).join("")}0000 \n`;
  if (command.startsWith("show protocols all")) {
    return `${head}${PAYLOADS.map((payload, i) => `1002-${row(i)}\n1006-  Description:    ${payload}\n   Message:        ${payload}\n   BGP state:          Active\n     Neighbor address: 10.0.${i}.1\n     Neighbor AS:      6500${i}\n     Local AS:         64512\n     Last error:       Received: ${payload}\n \n`).join("")}0000 \n`;
  }
  if (command.startsWith("show interfaces"))
    return "1001-lo up (index=1)\n1004-\tMultiAccess AdminUp LinkUp Loopback Ignored MTU=65536\n1003-\t127.0.0.1/8 (Preferred, scope host)\n0000 \n";
  return "9001 syntax error, unexpected CF_SYM_UNDEFINED\n";
}

function row(i: number): string {
  return `peer${i}      BGP        ---        start  01:00:00.000  Active        Received: ${(PAYLOADS[i] ?? "").slice(0, 200)}`;
}
