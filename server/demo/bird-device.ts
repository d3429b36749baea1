import { mkdirSync, renameSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { basename, dirname, join } from "node:path";
import { birdReply, printerOf } from "./bird-commands.ts";
import { SLOW_MS } from "./fault.ts";
import type { DeviceState, World } from "./world.ts";

export interface BirdDevice {
  /** Makes the listener agree with the world: a killed BIRD hangs up and listens no more. */
  follow(): Promise<void>;
  close(): Promise<void>;
}

/** BIRD's own limit for a command line. */
const MAX_COMMAND_BYTES = 1024;

/** Serves BIRD's control protocol for one node on a unix socket. */
export async function startBirdDevice(world: World, device: DeviceState, path: string): Promise<BirdDevice> {
  const open = new Set<Socket>();
  let server: Server | undefined = await listen(world, device, path, open);

  const hangUp = async () => {
    const closing = server;
    server = undefined;
    for (const socket of open) socket.destroy();
    await new Promise<void>((done) => (closing ? closing.close(() => done()) : done()));
  };

  return {
    async follow() {
      const killed = device.faults.has("kill");
      if (killed && server) await hangUp();
      else if (!killed && !server) server = await listen(world, device, path, open);
    },
    async close() {
      await hangUp();
      rmSync(path, { force: true });
    },
  };
}

/**
 * Binds under another name and renames: the listener, when it closes, removes the name that it bound, and so the socket
 * file stays behind without a listener, as it does behind a BIRD that was killed. It also replaces a stale file at once.
 */
async function listen(world: World, device: DeviceState, path: string, open: Set<Socket>): Promise<Server> {
  const nursery = join(dirname(path), ".binding");
  mkdirSync(nursery, { recursive: true, mode: 0o700 });
  const bound = join(nursery, basename(path));
  rmSync(bound, { force: true });

  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(world, device, socket);
  });
  await new Promise<void>((ready, fail) => {
    server.once("error", fail);
    server.listen(bound, () => {
      server.off("error", fail);
      ready();
    });
  });
  renameSync(bound, path);
  return server;
}

function converse(world: World, device: DeviceState, socket: Socket): void {
  const say = (lines: readonly string[]) => {
    if (device.faults.has("dead") || socket.destroyed) return;
    socket.write(`${lines.join("\n")}\n`);
  };
  let waiting = "";
  let answered = Promise.resolve();

  say([`0001 BIRD ${printerOf(device).version} ready.`]);
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    waiting += chunk;
    for (let end = waiting.indexOf("\n"); end >= 0; end = waiting.indexOf("\n")) {
      const command = waiting.slice(0, end);
      waiting = waiting.slice(end + 1);
      answered = answered.then(async () => {
        if (device.faults.has("slow")) await new Promise((done) => setTimeout(done, SLOW_MS).unref());
        say(birdReply(world, device, command));
      });
    }
    if (waiting.length > MAX_COMMAND_BYTES) {
      say(["9000 Command too long"]);
      socket.end();
    }
  });
}
