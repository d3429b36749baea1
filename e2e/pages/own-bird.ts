import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { fabricView, startConsole } from "./programs.ts";

/** A console on one node whose BIRD says what a test wants: the demo has no AS above 65535 and never loses a neighbor. */
export async function startOwnBird(
  rack: string,
  neighbors: readonly { readonly address: string; readonly asn: number }[],
) {
  const dir = mkdtempSync(join(tmpdir(), "peerglass-bird-"));
  const socket = join(dir, "bird.ctl");
  let told = neighbors;
  const server = createServer((client) => {
    client.on("error", () => undefined);
    client.setEncoding("utf8");
    client.write("0001 BIRD 2.0.12 ready.\n");
    client.on("data", (text: string) => {
      for (const line of text.split("\n").filter(Boolean)) client.write(answer(line.trim(), told));
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const file = join(dir, "peerglass.yaml");
  const devices = [{ name: "node-1", role: "node", rack, sources: [{ kind: "bird", socket }] }];
  writeFileSync(file, stringify({ fabric: { name: "own" }, poll: { everySec: 1 }, devices }));
  const app = await startConsole(file);
  const sessions = async () => (await fabricView(app.url)).sessions;
  return {
    url: app.url,
    sessions,
    /** From the next poll on it has no neighbor but these. */
    tell(next: typeof neighbors) {
      told = next;
    },
    async stop() {
      await app.stop();
      server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

type Neighbors = readonly { readonly address: string; readonly asn: number }[];

function answer(command: string, neighbors: Neighbors): string {
  if (command === "restrict") return "0016 Access restricted\n";
  if (command === "show status") {
    return "1000-BIRD 2.0.12\n1011-Router ID is 10.0.0.1\n Hostname is node-1\n Current server time is 2026-11-25 02:00:00.000\n Last reboot on 2026-11-25 01:00:00.000\n Last reconfiguration on 2026-11-25 01:00:00.000\n0013 Daemon is up and running\n";
  }
  const head = "2002-Name       Proto      Table      State  Since         Info\n";
  const row = (i: number) =>
    `1002-peer${i}      BGP        ---        start  01:00:00.000  Active        Socket: Connection refused\n`;
  if (command === "show protocols") return `${head}${neighbors.map((_, i) => row(i)).join("")}0000 \n`;
  if (command.startsWith("show protocols all")) {
    const all = neighbors.map(
      ({ address, asn }, i) =>
        `${row(i)}1006-  BGP state:          Active\n     Neighbor address: ${address}\n     Neighbor AS:      ${asn}\n     Local AS:         64512\n     Last error:       Socket: Connection refused\n \n`,
    );
    return `${head}${all.join("")}0000 \n`;
  }
  if (command.startsWith("show interfaces"))
    return "1001-lo up (index=1)\n1004-\tMultiAccess AdminUp LinkUp Loopback Ignored MTU=65536\n1003-\t127.0.0.1/8 (Preferred, scope host)\n0000 \n";
  return "9001 syntax error, unexpected CF_SYM_UNDEFINED\n";
}
