import { connect } from "node:net";

const DEADLINE_MS = 2_000;

/**
 * Asks a BIRD one question over its control socket and gives the raw bytes of the answer: greeting and reply codes included.
 *
 * A reply ends with a line of four digits and a blank (BIRD doc/reply_codes).
 *
 * @throws Error when nobody answers in time, or with an error code (8xxx: run-time, 9xxx: syntax).
 */
export async function askBird(socket: string, command: string, deadlineMs = DEADLINE_MS): Promise<string> {
  const stream = connect(socket).setEncoding("latin1");
  const timer = setTimeout(() => stream.destroy(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  let text = "";
  let greeted = false;
  try {
    for await (const chunk of stream) {
      text += chunk;
      if (!greeted && /^0001 .*\n/m.test(text)) {
        greeted = true;
        stream.write(`${command}\n`);
      }
      const last = /(?:^|\n)(\d{4}) ([^\n]*)\n$/.exec(text);
      if (!last || last[1] === "0001") continue;
      if (Number(last[1]) >= 8000) throw new Error(`refused with ${last[1]} ${last[2]}`);
      return text;
    }
    throw new Error("the daemon hung up");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${socket}, asked ${JSON.stringify(command)}: ${why}`, { cause });
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}

export interface BirdProtocol {
  /** `up`, `start`, `down`. */
  readonly state: string;
  /** `Established`, `Active        Socket: Connection refused`; empty for a protocol that is disabled. */
  readonly info: string;
  readonly imported?: number;
}

/** BGP protocols by name, from `show protocols all`. */
export async function askBirdProtocols(
  directory: string,
  deadlineMs?: number,
): Promise<ReadonlyMap<string, BirdProtocol>> {
  return readProtocols(await askBird(`${directory}/bird.ctl`, "show protocols all", deadlineMs));
}

function readProtocols(answer: string): ReadonlyMap<string, BirdProtocol> {
  const protocols = new Map<string, BirdProtocol>();
  let current = "";
  for (const raw of answer.split("\n")) {
    const code = /^(\d{4})[ -]/.exec(raw)?.[1];
    const line = code ? raw.slice(5) : raw.slice(1);
    const head = code === "1002" && /^(\S+)\s+(\S+)\s+\S+\s+(\S+)\s+\S+\s*(.*)$/.exec(line);
    if (head) {
      const [, name = "", kind, state = "", info = ""] = head;
      current = kind === "BGP" ? name : "";
      if (current) protocols.set(current, { state, info: info.trim() });
    }
    const imported = /^\s+Routes:\s+(\d+) imported/.exec(line)?.[1];
    const protocol = protocols.get(current);
    if (protocol && imported !== undefined) protocols.set(current, { ...protocol, imported: Number(imported) });
  }
  return protocols;
}
