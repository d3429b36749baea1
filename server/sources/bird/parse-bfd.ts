import type { Bfd } from "../../../lib/fabric/neighbor.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { type Clock, looksLikeTime, parseSince } from "./since.ts";
import { field } from "./text.ts";

export interface BfdSession {
  /** Canonical, without zone. */
  readonly address: string;
  /** Absent for a multihop session, where BIRD prints `---`. */
  readonly interface?: string;
  readonly bfd: Bfd;
}

const STATE: ReadonlyMap<string, Bfd["state"]> = new Map([
  ["Up", "up"],
  ["Down", "down"],
  ["Init", "init"],
  ["AdminDown", "admin-down"],
]);

/**
 * `show bfd sessions` (`bfd_show_sessions` in `proto/bfd/bfd.c`): address, interface, state, since, interval and timeout in
 * seconds. A heading without rows is an answer.
 *
 * @throws SyntaxError when the heading is missing, or a row's state is none of BFD's.
 */
export function parseBfdSessions(lines: string, clock: Clock): readonly BfdSession[] {
  const rows = lines.split("\n");
  const heading = rows.findIndex((line) =>
    /^.{0,5}IP address +Interface +State +Since +Interval +Timeout\s*$/.test(line),
  );
  if (heading < 0) throw new SyntaxError("no heading of BFD sessions in this answer");
  const sessions: BfdSession[] = [];
  for (const line of rows.slice(heading + 1)) {
    const words = line.trim().split(/ +/);
    const address = canonicalAddress((words[0] ?? "").split("%", 1)[0] ?? "");
    if (!address) continue; // the next protocol's name, its heading, or the last line
    const state = STATE.get(words[2] ?? "");
    if (!state)
      throw new SyntaxError(`BFD of ${address}: unknown state ${JSON.stringify((words[2] ?? "").slice(0, 40))}`);
    const port = words[1] === "---" || words[1] === undefined ? undefined : field(words[1], 64);
    sessions.push({
      address,
      ...(port !== undefined && { interface: port }),
      bfd: bfdOf(state, words.slice(3), clock),
    });
  }
  return sessions;
}

function bfdOf(state: Bfd["state"], words: readonly string[], clock: Clock): Bfd {
  const isLong = looksLikeTime(words[1] ?? "");
  const since = parseSince(words.slice(0, isLong ? 2 : 1).join(" "), clock);
  const [interval, timeout] = words.slice(isLong ? 2 : 1).map(millis);
  const times = interval && timeout ? timeout / interval : 0;
  return {
    state,
    ...(since && !since.dayOnly && { since: since.at }),
    ...(interval !== undefined && { intervalMs: interval }),
    // While down, BIRD prints a timeout of 0. Ends with different intervals give no whole number, and then none is told.
    ...(times >= 1 && Number.isInteger(times) && { multiplier: times }),
  };
}

function millis(seconds: string): number | undefined {
  const parts = /^(\d{1,6})\.(\d{3})$/.exec(seconds);
  return parts ? Number(parts[1]) * 1000 + Number(parts[2]) : undefined;
}

/** Finds BFD by neighbor: by address and port where the protocol names its port, else by address alone. */
export function bfdByNeighbor(sessions: readonly BfdSession[]): (address: string, port?: string) => Bfd | undefined {
  const byKey = new Map<string, Bfd>();
  for (const { address, interface: port, bfd } of sessions) {
    if (port !== undefined) byKey.set(`${address}%${port}`, bfd);
    if (!byKey.has(address) || port === undefined) byKey.set(address, bfd);
  }
  return (address, port) => {
    const bare = address.split("%", 1)[0] ?? address;
    return port === undefined
      ? byKey.get(bare)
      : (byKey.get(`${bare}%${port}`) ?? (bare === address ? byKey.get(bare) : undefined));
  };
}
