import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { generate } from "selfsigned";
import { story } from "./test-captures.ts";

export interface Call {
  readonly path: string;
  readonly authorization?: string;
  readonly cookie?: string;
  readonly commands: readonly string[];
  readonly format?: string;
}

/** An answer of its own for a command: a result, or what EOS says instead. */
export type Answers = Map<string, unknown>;

export interface TestSwitch {
  readonly url: string;
  readonly ca: string;
  /** Every request, as it came. */
  readonly calls: Call[];
  readonly answers: Answers;
  /** Requests that were being answered at the same time, at most. */
  mostAtOnce: number;
  /** Each answer is held back so long, in ms: time for a second request to come too early. */
  holdMs: number;
  /** Replaces the HTTP answer as a whole. */
  intercept: ((call: Call) => { status: number; body: string } | "hang" | undefined) | undefined;
  password: string;
  /** Valid cookies; clearing it ends all sessions. */
  readonly sessions: Set<string>;
  close(): void;
}

export function eosError(code: number, text: string) {
  return { eosError: { code, text } };
}

/** A switch that answers eAPI over real HTTPS on loopback, with the answers of a story; others are invalid commands. */
export async function testSwitch(storyName = "one-leaf-five-faults"): Promise<TestSwitch> {
  const pair = await generate([{ name: "commonName", value: "leaf-1" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const sockets = new Set<Socket>();
  const told: TestSwitch = {
    url: "",
    ca: pair.cert,
    calls: [],
    answers: storyAnswers(storyName),
    intercept: undefined,
    mostAtOnce: 0,
    holdMs: 0,
    password: "right",
    sessions: new Set(),
    close: () => {},
  };
  let atOnce = 0;
  const server = createServer({ key: pair.private, cert: pair.cert }, async (request, response) => {
    atOnce += 1;
    told.mostAtOnce = Math.max(told.mostAtOnce, atOnce);
    let body = "";
    for await (const chunk of request) body += chunk;
    const rpc = body ? JSON.parse(body) : {};
    const call: Call = {
      path: request.url ?? "",
      ...(request.headers.authorization && { authorization: request.headers.authorization }),
      ...(request.headers.cookie && { cookie: request.headers.cookie }),
      commands: (rpc.params?.cmds ?? []).map((each: string | { cmd: string }) =>
        typeof each === "string" ? each : each.cmd,
      ),
      ...(rpc.params && { format: rpc.params.format }),
    };
    told.calls.push(call);
    if (told.holdMs > 0) await new Promise((resolve) => setTimeout(resolve, told.holdMs));
    atOnce -= 1;
    const instead = told.intercept?.(call);
    if (instead === "hang") return;
    if (instead) return response.writeHead(instead.status).end(instead.body);
    if (call.path === "/logout") return response.end("{}");
    if (call.path === "/login") {
      if (rpc.password !== told.password) return response.writeHead(401).end("Unable to authenticate user");
      const cookie = `s${told.calls.length}`;
      told.sessions.add(cookie);
      return response.setHeader("set-cookie", `Session=${cookie}; Path=/; HttpOnly`).end("{}");
    }
    const basic = `Basic ${Buffer.from(`reader:${told.password}`).toString("base64")}`;
    const cookie = /^Session=(.*)$/.exec(call.cookie ?? "")?.[1];
    if (call.authorization !== basic && !(cookie && told.sessions.has(cookie))) {
      return response.writeHead(401).end("<html>Unauthorized</html>");
    }
    response.end(JSON.stringify({ jsonrpc: "2.0", id: rpc.id, ...answerTo(call.commands, told.answers) }));
  });
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  server.on("tlsClientError", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return Object.assign(told, { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}

/** EOS stops at the first command that fails. */
function answerTo(commands: readonly string[], answers: Answers) {
  const data: unknown[] = [];
  for (const [i, command] of commands.entries()) {
    const answer = answers.get(command) ?? eosError(1002, "Invalid input (at token 1: 'bgp')");
    const error = (answer as Partial<ReturnType<typeof eosError>>).eosError;
    if (!error) {
      data.push(answer);
      continue;
    }
    const message = `CLI command ${i + 1} of ${commands.length} '${command}' failed: invalid command`;
    return { error: { code: error.code, message, data: [...data, { errors: [error.text] }] } };
  }
  return { result: data };
}

export function storyAnswers(name: string): Answers {
  const commands = [
    "show version",
    "show hostname",
    "show bgp summary vrf all",
    "show bgp neighbors vrf all",
    "show bfd peers detail",
    "show interfaces",
    "show ip interface",
    "show lldp neighbors detail",
  ];
  return new Map(commands.map((command) => [command, story(name, command)]));
}
