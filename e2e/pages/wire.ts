import { connect, createServer, type Socket } from "node:net";

/** A wire between browser and console that can be cut: bytes then vanish in both directions, and nothing is told. */
export interface Wire {
  readonly url: string;
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

export async function startWire(target: string): Promise<Wire> {
  const port = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes: Buffer) => {
        if (whole) to.write(bytes);
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        if (whole) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the kernel gave no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut() {
      whole = false;
    },
    mend() {
      whole = true;
      // What was swallowed is missing for ever: such connections end, as TCP would end them.
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
