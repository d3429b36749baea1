import { createServer } from "node:net";
import { join } from "node:path";

/**
 * BIRDs that are not there: control sockets which answer as a BIRD 2.0.12 does, for sessions that come and go.
 * `node e2e/bench/scale-fabric.ts DIR DAEMONS SESSIONS CHANGES`: all sessions of all daemons, and changes a second.
 *
 * A session that is lost comes back after two seconds, so that each change outlives the interval of a console which asks
 * every second: all of them can be seen.
 */
const STEP_MS = 20;
const DOWN_STEPS = 100;
/** Coprime to any round number of sessions: neighbors in time are far from each other in the fabric. */
const STRIDE = 7_919;

const [dir = "", ...figures] = process.argv.slice(2);
const [daemons = 0, sessions = 0, changes = 0] = figures.map(Number);
if (!dir || !(daemons > 0 && daemons <= 100) || !(sessions > 0) || !(changes >= 0)) {
  console.error("usage: node e2e/bench/scale-fabric.ts DIR DAEMONS SESSIONS CHANGES");
  process.exit(2);
}

interface Session {
  up: boolean;
  /** As BIRD prints it. */
  row: string;
}

const startedAt = Date.now();
const all = Array.from({ length: sessions }, (_, i): Session => ({ up: true, row: row(i, true, startedAt) }));
const perDaemon = Math.ceil(sessions / daemons);

let turned = 0;
const lost: number[][] = [];
let owed = 0;
const begun = performance.now();
let steps = 0;
setInterval(() => {
  // A timer of Node's is late now and then; what it missed is made up for.
  while (steps * STEP_MS < performance.now() - begun) step();
}, STEP_MS);

function step(): void {
  steps++;
  owed += (changes / 2) * (STEP_MS / 1_000);
  const now = Date.now();
  const going: number[] = [];
  for (; owed >= 1; owed--) going.push((turned++ * STRIDE) % sessions);
  for (const i of going) turn(i, false, now);
  lost.push(going);
  if (lost.length > DOWN_STEPS) for (const i of lost.shift() ?? []) turn(i, true, now);
}

function turn(i: number, up: boolean, now: number): void {
  all[i] = { up, row: row(i, up, now) };
}

for (let daemon = 0; daemon < daemons; daemon++) {
  const from = daemon * perDaemon;
  const to = Math.min(sessions, from + perDaemon);
  createServer((client) => {
    client.on("error", () => undefined);
    client.setEncoding("utf8");
    client.write("0001 BIRD 2.0.12 ready.\n");
    let rest = "";
    client.on("data", (text: string) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) client.write(answer(line.trim(), daemon, from, to));
    });
  }).listen(join(dir, `${daemon}.ctl`), () => daemon === daemons - 1 && console.log("ready"));
}

function answer(command: string, daemon: number, from: number, to: number): string {
  switch (command) {
    case "restrict":
      return "0016 Access restricted\n";
    case "show protocols":
      return list(from, to, (i) => all[i]?.row ?? "");
    case "show protocols all":
      return list(from, to, block);
    case "show status":
      return `1000-BIRD 2.0.12\n1011-Router ID is 10.255.0.${daemon + 1}\n Current server time is ${day(Date.now())} ${time(Date.now())}\n Last reboot on ${day(startedAt)} ${time(startedAt)}\n Last reconfiguration on ${day(startedAt)} ${time(startedAt)}\n0013 Daemon is up and running\n`;
    case "show interfaces":
      return `1001-eth0 up (index=2)\n1004-\tMultiAccess Broadcast Multicast AdminUp LinkUp MTU=9000\n1003-\t${own(daemon)}/20 (Preferred, broadcast 10.${100 + daemon}.15.255, scope site)\n0000 \n`;
    case "show bfd sessions":
      return "9001 There is no BFD protocol running\n";
    default: {
      const i = Number(/^show protocols all p(\d+)$/.exec(command)?.[1] ?? -1);
      return i >= from && i < to ? list(i, i + 1, block) : "9001 syntax error, unexpected CF_SYM_UNDEFINED\n";
    }
  }
}

function list(from: number, to: number, each: (i: number) => string): string {
  let text = "2002-Name       Proto      Table      State  Since         Info\n";
  for (let i = from; i < to; i++) text += each(i);
  return `${text}0000 \n`;
}

function row(i: number, up: boolean, since: number): string {
  const end = up ? "Established   " : "Active        Socket: Connection refused";
  return `1002-${`p${i}`.padEnd(10)} BGP        ---        ${up ? "up   " : "start"}  ${time(since)}  ${end}\n`;
}

function block(i: number): string {
  const { up = false, row = "" } = all[i] ?? {};
  return `${row}1006-  Description:    node-${i}
   BGP state:          ${up ? "Established" : "Active"}
     Neighbor address: ${neighbor(i)}
     Neighbor AS:      ${64_512 + (i % 1_000)}
     Local AS:         65000
${up ? `${UP}     Source address:   ${own(Math.floor(i / perDaemon))}\n${TIMERS}` : DOWN}   Channel ipv4
     State:          ${up ? "UP" : "DOWN"}
     Table:          master4
     Preference:     100
     Input filter:   ACCEPT
     Output filter:  ACCEPT
${up ? ROUTES : ""} \n`;
}

const UP = `     Neighbor ID:      198.51.100.2
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
     Neighbor capabilities
       Multiprotocol
         AF announced: ipv4
       Route refresh
       4-octet AS numbers
     Session:          external AS4
`;

const TIMERS = `     Hold timer:       21.120/30
     Keepalive timer:  4.310/10
`;

const DOWN = `     Connect delay:    3.100/5
     Last error:       Socket: Connection refused
`;

const ROUTES = `     Routes:         3 imported, 0 filtered, 2 exported, 3 preferred
     Route change stats:     received   rejected   filtered    ignored   accepted
       Import updates:              3          0          0          0          3
       Import withdraws:            0          0        ---          0          0
       Export updates:              5          3          0        ---          2
       Export withdraws:            0        ---        ---        ---          0
     BGP Next hop:   10.0.0.1
`;

/** A daemon's own address, and below it those of its neighbors, on one subnet. */
function own(daemon: number): string {
  return `10.${100 + daemon}.0.1`;
}

function neighbor(i: number): string {
  const place = (i % perDaemon) + 2;
  return `10.${100 + Math.floor(i / perDaemon)}.${place >> 8}.${place & 255}`;
}

function day(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function time(at: number): string {
  const date = new Date(at);
  const ms = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
