import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { z } from "zod";
import type { Certificates } from "./certificates.ts";
import { type Credentials, Logins } from "./eapi-login.ts";
import { answerRpc } from "./eapi-rpc.ts";
import { SLOW_MS } from "./fault.ts";
import type { DeviceState, World } from "./world.ts";

export interface EapiDevice {
  readonly port: number;
  /** Connections taken while dead are dropped once the device lives again. */
  follow(): void;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;
const KEEP_ALIVE_MS = 65_000;

/** Serves eAPI for one switch over HTTPS on a free port of 127.0.0.1. */
export async function startEapiDevice(
  world: World,
  device: DeviceState,
  { certificates, credentials, clock }: { certificates: Certificates; credentials: Credentials; clock: () => number },
): Promise<EapiDevice> {
  const logins = new Logins(credentials, clock);
  const open = new Set<Socket>();
  const stuck = new Set<Socket>();
  const https = createServer(
    { cert: certificates.cert, key: certificates.key, minVersion: "TLSv1.2" },
    (request, response) => {
      request.on("error", () => request.destroy());
      void serve(world, device, logins, request, response);
    },
  );
  https.keepAliveTimeout = KEEP_ALIVE_MS;
  https.on("tlsClientError", (_, socket) => socket.destroy());

  // TCP is taken here and handed on, so that a dead switch can take a connection and never even shake hands.
  const listener = createTcpServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    if (device.faults.has("dead")) stuck.add(socket.once("close", () => stuck.delete(socket)));
    else https.emit("connection", socket);
  });
  await new Promise<void>((ready, fail) => {
    listener.once("error", fail);
    listener.listen(0, "127.0.0.1", ready);
  });

  return {
    port: (listener.address() as AddressInfo).port,
    follow() {
      if (!device.faults.has("dead")) for (const socket of stuck) socket.destroy();
    },
    async close() {
      const closed = new Promise<void>((done) => listener.close(() => done()));
      for (const socket of open) socket.destroy();
      https.close();
      await closed;
    },
  };
}

async function serve(
  world: World,
  device: DeviceState,
  logins: Logins,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const body = await bodyOf(request);
  if (device.faults.has("slow")) await new Promise((done) => setTimeout(done, SLOW_MS).unref());
  if (device.faults.has("dead") || response.destroyed) return;

  const send = (status: number, type: string, text: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text), ...headers });
    response.end(text);
  };
  if (body === undefined) return send(413, "text/plain", "Request Entity Too Large\n", { connection: "close" });
  const { authorization, cookie } = request.headers;

  if (request.url === "/login" || request.url === "/logout" || request.url === "/command-api") {
    if (request.method !== "POST") return send(405, "text/plain", "Method Not Allowed\n", { allow: "POST" });
  } else return send(404, "text/plain", "Not Found\n");

  if (request.url === "/login") {
    const told = parseLogin(body);
    const session = told && logins.login(told.username, told.password);
    if (!session) return send(401, "text/plain", REFUSED);
    return send(200, "text/plain", "", { "set-cookie": `Session=${session}; Path=/; Secure; HttpOnly` });
  }
  if (request.url === "/logout") {
    logins.logout(cookie);
    return send(200, "text/plain", "");
  }
  if (!logins.allows(authorization, cookie)) {
    return send(401, "text/plain", REFUSED, { "www-authenticate": 'Basic realm="COMMAND_API_AUTH"' });
  }
  return send(200, "application/json", JSON.stringify(answerRpc(world, device, body)));
}

const REFUSED = "Unable to authenticate user: Bad username/password combination\n";

const Login = z.object({ username: z.string(), password: z.string() });

function parseLogin(body: string): Credentials | undefined {
  try {
    return Login.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** Undefined when there is more than a switch takes, or the asker hung up. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString("utf8");
}
