import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { generate } from "selfsigned";
import { freePort } from "./programs.ts";

/** A device that misbehaves in one way, as an entry for `devices:` and what the console must say of it. */
export interface BadDevice {
  readonly name: string;
  readonly sources: readonly object[];
  readonly reason: string;
}

export interface BadDevices {
  readonly devices: readonly BadDevice[];
  /** `authorization` headers and log-ins that reached a device whose certificate is not the right one. */
  readonly leaked: readonly string[];
  stop(): Promise<void>;
}

const CHUNK = Buffer.alloc(64 * 1024, 0x20);

/** Bad switches (HTTPS), bad BIRDs and bad FRRs, all on loopback or unix sockets in `dir`. */
export async function startBadDevices(
  dir: string,
  credentials: { username: object; password: object },
): Promise<BadDevices> {
  const cert = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  } as Parameters<typeof generate>[1]);
  const key = { key: cert.private, cert: cert.cert };
  const { writeFileSync } = await import("node:fs");
  const ca = join(dir, "bad-ca.pem");
  writeFileSync(ca, cert.cert);
  const other = await generate([{ name: "commonName", value: "somebody-else" }], { keyType: "ec" } as Parameters<
    typeof generate
  >[1]);
  const leaked: string[] = [];
  const servers: (Server | HttpsServer)[] = [];
  const sockets = new Set<Socket>();
  const keep = <T extends Server | HttpsServer>(server: T): T => {
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    });
    servers.push(server);
    return server;
  };
  const listening = (server: Server | HttpsServer, at: number | string) =>
    new Promise<number>((resolve) =>
      server.listen(...((typeof at === "string" ? [at] : [at, "127.0.0.1"]) as [never]), () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      }),
    );
  const https = (answer: Parameters<typeof createHttpsServer>[1]) => listening(keep(createHttpsServer(key, answer)), 0);
  const tcp = (at: number | string, serve: (socket: Socket) => void) => listening(keep(createServer(serve)), at);
  const eapi = (name: string, port: number, reason: string, trusted = ca): BadDevice => ({
    name,
    reason,
    sources: [
      { kind: "arista-eapi", url: `https://127.0.0.1:${port}`, ...credentials, login: "basic", tls: { ca: trusted } },
    ],
  });
  const bird = async (name: string, reason: string, serve: (socket: Socket) => void): Promise<BadDevice> => {
    const socket = join(dir, `${name}.ctl`);
    await tcp(socket, serve);
    return { name, reason, sources: [{ kind: "bird", socket }] };
  };

  const strangerPort = await listening(
    keep(
      createHttpsServer({ key: other.private, cert: other.cert }, (request, response) => {
        leaked.push(String(request.headers.authorization));
        response.end("{}");
      }),
    ),
    0,
  );
  const target = await https((request, response) => {
    leaked.push(`redirected with ${String(request.headers.authorization)}`);
    response.end("{}");
  });
  const devices: BadDevice[] = [
    eapi("bad-dead", await freePort(), "unreachable"),
    eapi("bad-hang", await tcp(0, () => undefined), "timeout"),
    eapi("bad-hang-tls", await https(() => undefined), "timeout"),
    eapi("bad-drip", await https((_request, response) => drip(response)), "timeout"),
    eapi(
      "bad-redirect",
      await https((_request, response) =>
        response.writeHead(302, { location: `https://127.0.0.1:${target}/command-api` }).end(),
      ),
      "redirected",
    ),
    eapi("bad-huge", await https((_request, response) => flood(response, 500)), "too-large"),
    eapi(
      "bad-garbage",
      await https((_request, response) => response.end("\u0000\ufffd{[not json <html>--More--")),
      "malformed",
    ),
    eapi(
      "bad-login-page",
      await https((_request, response) =>
        response.setHeader("content-type", "text/html").end("<html>Please log in</html>"),
      ),
      "malformed",
    ),
    eapi("bad-certificate", strangerPort, "certificate"),
    { name: "bad-bird-gone", reason: "no-daemon", sources: [{ kind: "bird", socket: join(dir, "nobody.ctl") }] },
    await bird("bad-bird-hang", "timeout", () => undefined),
    await bird("bad-bird-drip", "timeout", (socket) => drip(socket)),
    await bird("bad-bird-huge", "too-large", (socket) => {
      socket.write("0001 BIRD 2.0.12 ready.\n");
      socket.on("data", (line) =>
        String(line).includes("restrict") ? socket.write("0016 Access restricted\n") : flood(socket, 500),
      );
    }),
    await bird("bad-bird-garbage", "malformed", (socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n\u0000\u0001garbage\n")),
  ];
  return {
    devices,
    leaked,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

interface Sink {
  write(bytes: Buffer | string): boolean;
  once(event: "drain" | "close", listener: () => void): unknown;
  end(): unknown;
  readonly destroyed: boolean;
}

/** One byte a second, as long as anybody listens. */
function drip(sink: Sink): void {
  const timer = setInterval(() => (sink.destroyed ? clearInterval(timer) : sink.write("0")), 1_000);
  sink.once("close", () => clearInterval(timer));
}

function flood(sink: Sink, megabytes: number): void {
  let left = (megabytes * 1024 * 1024) / CHUNK.length;
  const pour = () => {
    while (left > 0 && !sink.destroyed) {
      left -= 1;
      if (!sink.write(CHUNK)) return sink.once("drain", pour);
    }
    return sink.end();
  };
  pour();
}
