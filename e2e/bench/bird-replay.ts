import { createServer } from "node:net";

/**
 * A stand-in for a BIRD with very many established sessions: one block as a real BIRD 2.0.12 printed it, served under as
 * many names and addresses as asked. `node e2e/bench/bird-replay.ts SOCKET SESSIONS`.
 */
const [socket, count] = process.argv.slice(2);
const sessions = Number(count);
if (!socket || !(sessions > 0)) {
  console.error("usage: node e2e/bench/bird-replay.ts SOCKET SESSIONS");
  process.exit(2);
}

const HEAD = "2002-Name       Proto      Table      State  Since         Info\n";
const row = (i: number) => `1002-p${i} BGP        ---        up     02:12:02.070  Established   \n`;
const details = (i: number, turn: number) => `1006-  Description:    leaf-${i}
   BGP state:          Established
     Neighbor address: ${address(i)}
     Neighbor AS:      ${64_512 + (i % 1_000)}
     Local AS:         65000
     Neighbor ID:      198.51.100.2
     Local capabilities
       Multiprotocol
         AF announced: ipv4
       Route refresh
       Graceful restart
         Restart time: 120
         AF supported: ipv4
         AF preserved:
       4-octet AS numbers
       Enhanced refresh
       Long-lived graceful restart
     Neighbor capabilities
       Multiprotocol
         AF announced: ipv4
       Route refresh
       Graceful restart
       4-octet AS numbers
       Enhanced refresh
       Long-lived graceful restart
     Session:          external AS4
     Source address:   10.0.0.1
     Hold timer:       ${timer(i, turn, 30)}/30
     Keepalive timer:  ${timer(i, turn, 10)}/10
   Channel ipv4
     State:          UP
     Table:          master4
     Preference:     100
     Input filter:   ACCEPT
     Output filter:  ACCEPT
     Routes:         3 imported, 0 filtered, 2 exported, 3 preferred
     Route change stats:     received   rejected   filtered    ignored   accepted
       Import updates:              3          0          0          0          3
       Import withdraws:            0          0        ---          0          0
       Export updates:              5          3          0        ---          2
       Export withdraws:            0        ---        ---        ---          0
     BGP Next hop:   10.0.0.1
 \n`;

const numbers = Array.from({ length: sessions }, (_, i) => i);
/** Countdowns differ from one answer to the next, as in life. */
const all = [0, 1].map((turn) =>
  Buffer.from(`${HEAD}${numbers.map((i) => row(i) + details(i, turn)).join("")}0000 \n`),
);
let turns = 0;
const short = Buffer.from(`${HEAD}${numbers.map(row).join("")}0000 \n`);

createServer((client) => {
  client.on("error", () => undefined);
  client.setEncoding("utf8");
  client.write("0001 BIRD 2.0.12 ready.\n");
  let rest = "";
  client.on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) client.write(answer(line.trim()));
  });
}).listen(socket);

function answer(command: string): string | Buffer {
  switch (command) {
    case "restrict":
      return "0016 Access restricted\n";
    case "show protocols":
      return short;
    case "show protocols all":
      return all[turns++ % 2] ?? "";
    case "show status":
      return "1000-BIRD 2.0.12\n1011-Router ID is 10.0.0.1\n Current server time is 2026-11-25 03:00:00.000\n Last reboot on 2026-11-25 01:00:00.000\n Last reconfiguration on 2026-11-25 01:00:00.000\n0013 Daemon is up and running\n";
    case "show interfaces":
      return "1001-lo up (index=1)\n1004-\tMultiAccess AdminUp LinkUp Loopback Ignored MTU=65536\n1003-\t127.0.0.1/8 (Preferred, scope host)\n0000 \n";
    case "show bfd sessions":
      return "9001 There is no BFD protocol running\n";
    default:
      return "9001 syntax error, unexpected CF_SYM_UNDEFINED\n";
  }
}

function timer(i: number, turn: number, most: number): string {
  return (((i * 7 + turn * 13) % (most * 1_000)) / 1_000).toFixed(3);
}

function address(i: number): string {
  return `10.${100 + (i >> 14)}.${(i >> 6) & 255}.${(i & 63) + 1}`;
}
