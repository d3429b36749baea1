import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { generate } from "selfsigned";

export interface Call {
  readonly path: string;
  readonly type: string;
  readonly authorization?: string;
  readonly cookie?: string;
  readonly form: "json" | "text";
  readonly commands: readonly string[];
}

export interface TestNexus {
  readonly url: string;
  readonly ca: string;
  readonly calls: Call[];
  /** By command: a body; text; `null` for nothing; or what NX-OS says instead. Others are invalid commands. */
  readonly answers: Map<string, unknown>;
  /** A release that knows only the older envelope. */
  rpc: boolean;
  password: string;
  mostAtOnce: number;
  intercept: ((call: Call) => { status: number; body: string } | "hang" | undefined) | undefined;
  close(): void;
}

export function nxosError(text: string) {
  return { nxosError: text };
}

/** A switch that answers NX-API over real HTTPS on loopback, in both envelopes, as the captures show them. */
export async function testNexus(answers: Iterable<readonly [string, unknown]>): Promise<TestNexus> {
  const pair = await generate([{ name: "commonName", value: "leaf-1" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const sockets = new Set<Socket>();
  const told: TestNexus = {
    url: "",
    ca: pair.cert,
    calls: [],
    answers: new Map(answers),
    rpc: true,
    password: "right",
    mostAtOnce: 0,
    intercept: undefined,
    close: () => {},
  };
  let atOnce = 0;
  const server = createServer({ key: pair.private, cert: pair.cert }, async (request, response) => {
    atOnce += 1;
    told.mostAtOnce = Math.max(told.mostAtOnce, atOnce);
    let body = "";
    for await (const chunk of request) body += chunk;
    const call = callOf(request.url ?? "", request.headers, JSON.parse(body));
    told.calls.push(call);
    await new Promise((resolve) => setTimeout(resolve, 5));
    atOnce -= 1;
    const instead = told.intercept?.(call);
    if (instead === "hang") return;
    if (instead) return response.writeHead(instead.status).end(instead.body);
    if (call.authorization !== `Basic ${Buffer.from(`reader:${told.password}`).toString("base64")}`) {
      return response.writeHead(401).end("<html><head><title>401 Authorization Required</title></head></html>");
    }
    if (call.type === "application/json-rpc" && !told.rpc) {
      return response
        .writeHead(400)
        .end("<?xml version='1.0'?><ins_api><outputs><output><msg>Server internal error.</msg>");
    }
    response.setHeader("set-cookie", "nxapi_auth=abc123; Secure; HttpOnly");
    response.end(JSON.stringify(call.type === "application/json-rpc" ? rpcAnswer(call, told) : insAnswer(call, told)));
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(told, {
    url,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
}

function callOf(path: string, headers: Readonly<Record<string, string | string[] | undefined>>, body: unknown): Call {
  const { authorization, cookie } = headers;
  const common = {
    path,
    type: String(headers["content-type"]),
    ...(typeof authorization === "string" && { authorization }),
    ...(typeof cookie === "string" && { cookie }),
  };
  if (Array.isArray(body)) {
    const calls = body as readonly { method: string; params: { cmd: string } }[];
    const form = calls[0]?.method === "cli" ? "json" : "text";
    return { ...common, form, commands: calls.map(({ params }) => params.cmd) };
  }
  const { ins_api: ins } = body as { ins_api: { type: string; input: string } };
  return { ...common, form: ins.type === "cli_show" ? "json" : "text", commands: ins.input.split(" ;") };
}

/** Answers come back in any order, and one alone as an object. */
function rpcAnswer({ commands, form }: Call, { answers }: TestNexus): unknown {
  const all = commands.map((command, i) => {
    const answer = answers.has(command) ? answers.get(command) : nxosError("% Invalid command\n");
    const common = { jsonrpc: "2.0", id: i + 1 };
    const text =
      errorIn(answer) ?? (form === "json" && typeof answer === "string" ? "Structured output unsupported" : undefined);
    if (text) return { ...common, error: { code: -32_602, message: "Invalid params", data: { msg: text } } };
    if (answer === null) return { ...common, result: null };
    return { ...common, result: form === "json" ? { body: answer } : { msg: answer } };
  });
  return all.length === 1 ? all[0] : all.reverse();
}

function insAnswer({ commands, form }: Call, { answers }: TestNexus): unknown {
  const outputs = commands.map((input) => {
    const answer = answers.has(input) ? answers.get(input) : nxosError("% Invalid command\n");
    const clierror = errorIn(answer);
    if (clierror) return { input, code: "400", msg: "Input CLI command error", clierror };
    if (form === "json" && typeof answer === "string")
      return { input, code: "501", msg: "Structured output unsupported" };
    return { input, code: "200", msg: "Success", body: answer ?? {} };
  });
  return { ins_api: { sid: "eoc", outputs: { output: outputs.length === 1 ? outputs[0] : outputs } } };
}

function errorIn(answer: unknown): string | undefined {
  return typeof answer === "object" && answer !== null && "nxosError" in answer ? String(answer.nxosError) : undefined;
}
