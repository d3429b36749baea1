import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Daemon } from "./commands.ts";

export const TRAILER = Buffer.from([0, 0, 0, 0]);

/** For tests: a directory with the sockets of daemons that answer as they are told. */
export interface VtyServers {
  readonly directory: string;
  /** Every command that was asked, in order. */
  readonly asked: string[];
  listen(daemon: Daemon, answer: (command: string, socket: Socket) => void): Promise<Server>;
  close(): Promise<void>;
}

export function vtyServers(): VtyServers {
  const directory = mkdtempSync(join(tmpdir(), "vty-"));
  const asked: string[] = [];
  const open = new Set<Socket>();
  const servers: Server[] = [];

  return {
    directory,
    asked,
    async listen(daemon, answer) {
      const server = createServer((socket) => {
        open.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => open.delete(socket));
        let text = "";
        socket.on("data", (piece) => {
          text += piece.toString("utf8");
          const end = text.indexOf("\0");
          if (end < 0) return;
          const command = text.slice(0, end);
          text = text.slice(end + 1);
          asked.push(command);
          answer(command, socket);
        });
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(join(directory, `${daemon}.vty`), resolve));
      return server;
    },
    async close() {
      for (const socket of open) socket.destroy();
      for (const server of servers) await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Answers with a text and success. */
export function answering(text: string): (command: string, socket: Socket) => void {
  return (_, socket) => void socket.write(Buffer.concat([Buffer.from(text), TRAILER]));
}
