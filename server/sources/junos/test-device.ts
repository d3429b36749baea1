import { type AddressInfo, createServer, type Server as NetServer, type Socket } from "node:net";
import ssh2, { type Connection, type ServerChannel } from "ssh2";
import { FrameReader, framed } from "./netconf-frames.ts";
import { fingerprintOf } from "./netconf-session.ts";

/** What the device does instead of answering. */
export type Manner =
  | "answers"
  | "hangs"
  | "drips"
  | "endless"
  | "garbage"
  | "bad-chunks"
  | "hangs-up"
  | "no-hello"
  | "no-netconf"
  | "wrong-id"
  | "deep"
  | "entity-bomb";

export interface TestDevice {
  readonly port: number;
  readonly hostKey: string;
  readonly password: string;
  readonly publicKey: string;
  /** RPCs as they came. */
  readonly asked: string[];
  logins: number;
  mostAtOnce: number;
  manner: Manner;
  /** Whether it knows chunked framing. */
  chunked: boolean;
  readonly answers: Map<string, string>;
  close(): void;
}

/** A device that answers NETCONF over real SSH on loopback; what it does not know is a syntax error. */
export async function testDevice(answers: Iterable<readonly [string, string]>): Promise<TestDevice> {
  const key = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 });
  const user = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 });
  const parsed = ssh2.utils.parseKey(key.public);
  if (parsed instanceof Error) throw parsed;
  const device: TestDevice & { userKey: string } = {
    port: 0,
    hostKey: fingerprintOf((Array.isArray(parsed) ? parsed[0] : parsed).getPublicSSH()),
    password: "right",
    publicKey: user.public,
    userKey: user.private,
    asked: [],
    logins: 0,
    mostAtOnce: 0,
    manner: "answers",
    chunked: true,
    answers: new Map(answers),
    close: () => {},
  };
  const open = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [key.private] }, (client) => {
    open.add(client);
    // The types do not know it; without it each answer waits 40 ms for more to send.
    (client as Connection & { setNoDelay(on: boolean): void }).setNoDelay(true);
    client.on("close", () => open.delete(client));
    client.on("error", () => {});
    client.on("authentication", (login) => {
      device.logins += login.method === "none" ? 0 : 1;
      const ours = login.username === "reader";
      if (ours && login.method === "password" && login.password === device.password) return login.accept();
      if (ours && login.method === "publickey") return login.accept();
      login.reject(["password", "publickey"]);
    });
    client.on("ready", () => client.on("session", (accept) => converse(accept(), device)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(device, {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const client of open) client.end();
      server.close();
    },
  });
}

/** The private key that `testDevice` lets in. */
export function userKeyOf(device: TestDevice): string {
  return (device as TestDevice & { userKey: string }).userKey;
}

function converse(session: ssh2.Session, device: TestDevice): void {
  session.on("subsystem", (accept, reject, info) => {
    if (info.name !== "netconf" || device.manner === "no-netconf") return reject();
    const stream: ServerChannel = accept();
    stream.on("error", () => {});
    if (device.manner === "no-hello") return;
    const versions = device.chunked ? ["1.0", "1.1"] : ["1.0"];
    const capabilities = versions.map((version) => `<capability>urn:ietf:params:netconf:base:${version}</capability>`);
    stream.write(
      framed(
        `<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>${capabilities.join("")}</capabilities></hello>`,
        false,
      ),
    );
    const reader = new FrameReader(100_000);
    let greeted = false;
    let atOnce = 0;
    stream.on("data", (data: Buffer) => {
      for (const message of reader.take(data)) {
        if (!greeted) {
          greeted = true;
          if (device.chunked) reader.switchToChunks();
          continue;
        }
        atOnce += 1;
        device.mostAtOnce = Math.max(device.mostAtOnce, atOnce);
        device.asked.push(message);
        setTimeout(() => {
          atOnce -= 1;
          answer(stream, message, device);
        }, 5);
      }
    });
  });
}

function answer(stream: ServerChannel, message: string, device: TestDevice): void {
  const id = /message-id="([^"]*)"/.exec(message)?.[1] ?? "";
  const rpc = /<rpc [^>]*>\s*<([\w-]+)/.exec(message)?.[1] ?? "";
  const reply = (body: string, of = id) =>
    `<rpc-reply message-id="${of}" xmlns:junos="http://xml.juniper.net/junos/21.4R0/junos">${body}</rpc-reply>`;
  const error =
    "<rpc-error><error-severity>error</error-severity><error-message>syntax error</error-message></rpc-error>";
  const body = device.answers.get(rpc) ?? error;
  const send = (text: string) => stream.write(framed(text, device.chunked));
  switch (device.manner) {
    case "hangs":
      return;
    case "drips":
      stream.write(device.chunked ? "\n#1000\n<rpc" : "<rpc");
      return;
    case "endless": {
      const more = () => {
        while (stream.writable && stream.write("x".repeat(65_536)));
        if (stream.writable) stream.once("drain", more);
      };
      if (device.chunked) stream.write("\n#999999999\n");
      more();
      return;
    }
    case "garbage":
      send("\0\u0007 not xml at all");
      return;
    case "bad-chunks":
      stream.write("\n#zz\nnonsense nonsense nonsense");
      return;
    case "hangs-up":
      stream.write(device.chunked ? "\n#1000\n<rpc" : "<rpc");
      stream.end();
      return;
    case "wrong-id":
      send(reply(body, "somebody-else"));
      return;
    case "deep":
      send(reply(`${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}`));
      return;
    case "entity-bomb":
      send(`<!DOCTYPE a [<!ENTITY b "${"x".repeat(100)}"><!ENTITY c "&b;&b;&b;">]>${reply("&c;")}`);
      return;
    default:
      send(reply(body));
  }
}

/** Takes connections and says nothing, or says what no SSH server says. */
export async function plainPort(first: string | undefined): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server: NetServer = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    if (first !== undefined) socket.write(first);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
