import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { parseBfdSessions } from "./parse-bfd.ts";
import { parseMemory, parseRouteCount } from "./parse-counts.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseNeighbor } from "./parse-neighbor.ts";
import { ProtocolReader, refuseUnread } from "./parse-protocols.ts";
import { parseStatus } from "./parse-status.ts";
import { savedAnswer } from "./saved.ts";
import type { Clock } from "./since.ts";

type Read = (text: string, device: string) => unknown;

/** A saved answer tells neither its zone nor when it was taken: dates are read as UTC, and bare clock times not at all. */
const NO_CLOCK: Clock = { zoneOffsetMs: 0 };

/**
 * The commands of which we read saved answers: from the socket, from `birdc`, or from `birdc -v`.
 * Each throws SyntaxError, in words, for what it cannot read.
 */
export const BIRD_COMMANDS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["show protocols", (text, device) => ({ neighbors: neighborsOf(savedAnswer(text), device) })],
  ["show protocols all", (text, device) => ({ neighbors: neighborsOf(savedAnswer(text), device) })],
  ["show status", (text) => parseStatus(savedAnswer(text), undefined)],
  ["show interfaces", (text) => ({ interfaces: parseInterfaces(savedAnswer(text)) })],
  ["show bfd sessions", (text) => ({ bfd: parseBfdSessions(savedAnswer(text), NO_CLOCK) })],
  ["show route count", (text) => ({ routes: parseRouteCount(savedAnswer(text)) })],
  ["show memory", (text) => ({ memory: parseMemory(savedAnswer(text)) })],
]);

function neighborsOf(lines: string, device: string): readonly Neighbor[] {
  const neighbors: Neighbor[] = [];
  let unread = 0;
  const setting = { device, clock: NO_CLOCK, unread: (count: number) => (unread += count) };
  const reader = new ProtocolReader((block) => neighbors.push(parseNeighbor(block, setting)));
  reader.take(lines);
  reader.end();
  refuseUnread(unread);
  return neighbors;
}
