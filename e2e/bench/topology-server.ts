import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A console whose fabric is what it is told: pages from a running Next, the API from here. */
export interface BenchConsole {
  readonly port: number;
  /** To every open stream, at once. */
  send(delta: Record<string, unknown>): void;
  close(): void;
}

const BEAT_MS = 2_000;

export async function benchConsole(
  view: () => Record<string, unknown>,
  pagesPort: number,
  files: () => Readonly<Record<string, readonly [type: string, body: string]>> = () => ({}),
): Promise<BenchConsole> {
  const streams = new Set<ServerResponse>();
  const own = files();
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    if (path.startsWith("/api/trpc/")) answer(path, view(), outgoing);
    else if (path.startsWith("/api/stream")) stream(outgoing, streams);
    else if (own[path]) outgoing.writeHead(200, { "content-type": own[path][0] }).end(own[path][1]);
    else pass(incoming, outgoing, pagesPort);
  });
  const beat = setInterval(() => {
    for (const one of streams) one.write(`event: beat\ndata: ${JSON.stringify({ now: Date.now() })}\n\n`);
  }, BEAT_MS);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: portOf(server),
    send: (delta) => {
      const frame = `id: ${delta.id}\nevent: delta\ndata: ${JSON.stringify([delta])}\n\n`;
      for (const one of streams) one.write(frame);
    },
    close: () => {
      clearInterval(beat);
      for (const one of streams) one.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** tRPC's answer: one for each name of a batch, or alone for a call that goes alone, as the view's does. */
function answer(path: string, view: Record<string, unknown>, outgoing: ServerResponse): void {
  const names = decodeURIComponent(path.slice("/api/trpc/".length).split("?")[0] ?? "").split(",");
  const body = names.map((name) =>
    name === "fabric.view"
      ? { result: { data: view } }
      : {
          error: {
            message: "not in this fabric",
            code: -32004,
            data: { code: "NOT_FOUND", httpStatus: 404, path: name },
          },
        },
  );
  const batched = path.includes("batch=1");
  outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(batched ? body : body[0]));
}

function stream(outgoing: ServerResponse, streams: Set<ServerResponse>): void {
  outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  outgoing.write(`event: beat\ndata: ${JSON.stringify({ now: Date.now() })}\n\n`);
  streams.add(outgoing);
  outgoing.on("close", () => streams.delete(outgoing));
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
  const onward = request(
    { host: "127.0.0.1", port, path: incoming.url, method: incoming.method, headers: incoming.headers },
    (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    },
  );
  onward.on("error", () => outgoing.writeHead(502).end("the pages are not served yet\n"));
  incoming.pipe(onward);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
