import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** For tests: a control socket that answers as told, on a real unix socket. */
export interface BirdServer {
  readonly socket: string;
  /** Every line that was asked, in order. */
  readonly asked: string[];
  readonly open: () => number;
  /** A restart: the listener and all connections go, and come back when asked to. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}

export type Behaviour = (line: string, client: Socket) => void;

export const GREETING = "0001 BIRD 2.0.12 ready.\n";
export const RESTRICTED = "0016 Access restricted\n";

/** `answers` by command; `restrict` is answered rightly, anything else as BIRD answers nonsense. */
export function answering(answers: Readonly<Record<string, string>>): Behaviour {
  return (line, client) => {
    client.write(
      line === "restrict" ? RESTRICTED : (answers[line] ?? "9001 syntax error, unexpected CF_SYM_UNDEFINED\n"),
    );
  };
}

export async function birdServer(
  behaviour: Behaviour,
  greet: (client: Socket) => void = (client) => client.write(GREETING),
): Promise<BirdServer> {
  const dir = mkdtempSync(join(tmpdir(), "bird-"));
  const socket = join(dir, "bird.ctl");
  const clients = new Set<Socket>();
  const asked: string[] = [];
  const listen = async () => {
    const server = createServer((client) => {
      clients.add(client);
      client.on("close", () => clients.delete(client));
      client.on("error", () => undefined);
      client.setEncoding("utf8");
      greet(client);
      let rest = "";
      client.on("data", (text: string) => {
        const lines = `${rest}${text}`.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          asked.push(line);
          behaviour(line, client);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    return server;
  };
  let server = await listen();
  const kill = async () => {
    for (const client of clients) client.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    socket,
    asked,
    open: () => clients.size,
    kill,
    async revive() {
      server = await listen();
    },
    async close() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
