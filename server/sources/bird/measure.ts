import { converse } from "./client.ts";
import { EvidenceBook } from "./evidence.ts";
import { Poller } from "./poll.ts";

/**
 * `node server/sources/bird/measure.ts SOCKET TIMES`: asks a BIRD for everything so many times, through the source's own
 * client and parser, and prints one line of JSON: wall and CPU milliseconds of each reading, and how many neighbors it gave.
 * For `npm run bench -- bird`, which may not import the source itself.
 */
const [socket, times] = process.argv.slice(2);
if (!socket || !times) {
  console.error("usage: node server/sources/bird/measure.ts SOCKET TIMES");
  process.exit(2);
}

const target = {
  id: "bench/bird",
  device: "bench",
  everyMs: 1_000,
  socket,
  limits: { deadlineMs: 60_000, maxAnswerBytes: 256 * 1024 * 1024 },
};
const poller = new Poller(target, new EvidenceBook(target.id, target.device));
const signal = new AbortController().signal;
const wallMs: number[] = [];
const cpuMs: number[] = [];
let neighbors = 0;

for (let i = 0; i < Number(times); i++) {
  poller.askAll();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const told = await converse(target, signal, (bird) => poller.poll(bird));
  const { user, system } = process.cpuUsage(cpu);
  wallMs.push(performance.now() - startedAt);
  cpuMs.push((user + system) / 1_000);
  neighbors = told.neighbors?.length ?? 0;
}
console.log(JSON.stringify({ neighbors, wallMs, cpuMs, rssMb: process.memoryUsage.rss() / 1_048_576 }));
