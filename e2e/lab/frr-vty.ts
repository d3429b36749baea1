import { connect } from "node:net";

const DEADLINE_MS = 2_000;

/**
 * Sends commands, one after the other, over one connection to a daemon's VTY socket, and gives the last answer.
 *
 * Each command ends in NUL; each answer in three NULs and a status byte, 0 for success (FRR lib/vty.c, vtysh protocol).
 * Without a leading `enable` the daemon knows view commands only.
 *
 * @throws Error that names the socket and the command which was refused.
 */
export async function askVty(socket: string, ...commands: readonly string[]): Promise<string> {
  const stream = connect(socket);
  stream.setTimeout(DEADLINE_MS, () => stream.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)));
  let asking = "";
  try {
    let answer = "";
    const chunks = stream[Symbol.asyncIterator]();
    for (const command of commands) {
      asking = command;
      stream.write(`${command}\0`);
      answer = await readAnswer(chunks, command);
    }
    return answer;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${socket}${asking ? `, asked ${JSON.stringify(asking)}` : ""}: ${why}`, { cause });
  } finally {
    stream.destroy();
  }
}

async function readAnswer(chunks: AsyncIterator<Buffer>, command: string): Promise<string> {
  let answer = Buffer.alloc(0);
  for (;;) {
    const { done, value } = await chunks.next();
    if (done) throw new Error("the daemon hung up");
    answer = Buffer.concat([answer, value]);
    const end = answer.length - 4;
    if (end < 0 || answer.readUIntBE(end, 3) !== 0) continue;
    const text = answer.toString("utf8", 0, end);
    // `configure` warnings come with status 1; 2 and above is a command that was not carried out.
    const status = answer.readUInt8(end + 3);
    if (status !== 0) throw new Error(`refused with status ${status}: ${text.trim() || `${command} says nothing`}`);
    return text;
  }
}

export interface FrrPeer {
  /** `Idle (Admin)`, `Established`, as summary JSON has it. */
  readonly state: string;
  /** `Admin`, `PfxCt`, `OK`: why, where FRR tells more than the state. */
  readonly peerState?: string;
  readonly pfxRcd?: number;
}

/** @throws Error when bgpd is silent or its answer is not what 8.4.4 gives. */
export async function askFrrPeers(directory: string): Promise<ReadonlyMap<string, FrrPeer>> {
  const answer: unknown = JSON.parse(await askVty(`${directory}/bgpd.vty`, "show bgp summary json"));
  const unicast = isRecord(answer) ? answer.ipv4Unicast : undefined;
  const peers = isRecord(unicast) && isRecord(unicast.peers) ? unicast.peers : {};
  return new Map(
    Object.entries(peers).flatMap(([address, peer]) => {
      if (!isRecord(peer) || typeof peer.state !== "string") return [];
      const { state, peerState, pfxRcd } = peer;
      const told: FrrPeer = {
        state,
        ...(typeof peerState === "string" && { peerState }),
        ...(typeof pfxRcd === "number" && { pfxRcd }),
      };
      return [[address, told] as const];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
