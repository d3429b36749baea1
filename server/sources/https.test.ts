import { createHash, X509Certificate } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer, type Server as HttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type HttpsAnswer, type HttpsTrust, httpsClient, jsonIn } from "./https.ts";
import { SourceError } from "./source-error.ts";

const DAY_MS = 86_400_000;
const CREDENTIAL = "Basic c2VjcmV0";
const LIMIT = 64 * 1024;

interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** One authority, and certificates of each kind that a switch may show. */
async function certificate(name: string, options: { ca?: Pair; from?: number; to?: number; ip?: string } = {}) {
  const altNames = [{ type: 2 as const, value: name }, ...(options.ip ? [{ type: 7 as const, ip: options.ip }] : [])];
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() + (options.from ?? -DAY_MS)),
    notAfterDate: new Date(Date.now() + (options.to ?? 30 * DAY_MS)),
    ...(options.ca && { ca: options.ca }),
    extensions: [
      { name: "basicConstraints", cA: options.ca === undefined },
      { name: "subjectAltName", altNames },
    ],
  });
  return { key: made.private, cert: made.cert };
}

let authority: Pair;
let good: Pair;
let other: Pair;
let expired: Pair;
let future: Pair;
let wrongName: Pair;
beforeAll(async () => {
  authority = await certificate("Test CA");
  const ip = "127.0.0.1";
  [good, other, expired, future, wrongName] = await Promise.all([
    certificate("leaf-1", { ca: authority, ip }),
    certificate("leaf-1", { ip }),
    certificate("leaf-1", { ca: authority, ip, from: -9 * DAY_MS, to: -2 * DAY_MS }),
    certificate("leaf-1", { ca: authority, ip, from: 2 * DAY_MS }),
    certificate("leaf-9.example", { ca: authority, ip: "192.0.2.9" }),
  ]);
});

const open: { server: Server | HttpsServer; sockets: Set<Socket> }[] = [];
const timers: NodeJS.Timeout[] = [];
afterEach(shutAll);
afterAll(shutAll);
function shutAll() {
  for (const timer of timers.splice(0)) clearInterval(timer);
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

async function listening(server: Server | HttpsServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});
  open.push({ server, sockets });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

const seen: IncomingMessage[] = [];
async function site(answer: RequestListener, pair: Pair = good): Promise<number> {
  seen.length = 0;
  return listening(
    createServer(pair, (request, response) => {
      seen.push(request);
      request.resume();
      answer(request, response);
    }),
  );
}

function ask(port: number, trust: HttpsTrust = { ca: authority.cert }, deadlineMs = 400): Promise<HttpsAnswer> {
  const client = httpsClient("leaf-1/arista-eapi", `https://127.0.0.1:${port}`, trust, LIMIT);
  const patience = { signal: new AbortController().signal, endsAt: Date.now() + deadlineMs };
  return client
    .send({ method: "POST", path: "/command-api", headers: { authorization: CREDENTIAL }, body: "{}" }, patience)
    .finally(() => client.close());
}

async function trouble(asked: Promise<unknown>): Promise<SourceError> {
  const error = await asked.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof SourceError)) throw new Error("no SourceError", { cause: error });
  return error;
}

test("an answer comes whole, and the credential arrives once the certificate is trusted", async () => {
  const port = await site((_request, response) => response.end('{"a":1}'));
  const answer = await ask(port);
  expect(jsonIn("leaf-1", answer)).toEqual({ a: 1 });
  expect(seen[0]?.headers).toMatchObject({ authorization: CREDENTIAL, "accept-encoding": "identity" });
});

test("one connection serves one request after another", async () => {
  const port = await site((request, response) => response.end(String(request.socket.remotePort)));
  const client = httpsClient("leaf-1", `https://127.0.0.1:${port}`, { ca: authority.cert }, LIMIT);
  const patience = { signal: new AbortController().signal, endsAt: Date.now() + 2_000 };
  const first = await client.send({ method: "GET", path: "/" }, patience);
  const second = await client.send({ method: "GET", path: "/" }, patience);
  client.close();
  expect(second.text).toBe(first.text);
});

test("a connection that the device closed while idle is opened anew, and the request asked again", async () => {
  let answered = 0;
  const port = await site((request, response) => {
    answered++;
    if (answered === 2) request.socket.destroy();
    else response.end("ok");
  });
  const client = httpsClient("leaf-1", `https://127.0.0.1:${port}`, { ca: authority.cert }, LIMIT);
  const patience = { signal: new AbortController().signal, endsAt: Date.now() + 2_000 };
  await client.send({ method: "GET", path: "/" }, patience);
  expect((await client.send({ method: "GET", path: "/" }, patience)).text).toBe("ok");
  expect(answered).toBe(3);
  client.close();
});

describe("a certificate that is not trusted ends it before any credential is sent", () => {
  const refused = async (pair: Pair, trust?: HttpsTrust) => {
    const port = await site((_request, response) => response.end("{}"), pair);
    const error = await trouble(ask(port, trust));
    expect(error.reason).toBe("certificate");
    expect(seen).toEqual([]);
    return error.message;
  };

  test("expired", async () => expect(await refused(expired)).toMatch(/expired on .* GMT/));
  test("not yet valid", async () => expect(await refused(future)).toMatch(/not valid before/));
  test("self-signed, with the pin that would trust it", async () =>
    expect(await refused(other)).toContain(`self-signed, and not pinned: "CN=leaf-1" (pin ${pin(other)})`));
  test("wrong name, with the names it has", async () =>
    expect(await refused(wrongName)).toMatch(
      /wrong name: .*leaf-9\.example.*192\.0\.2\.9.* we asked for 127\.0\.0\.1/,
    ));
  test("unknown issuer", async () => expect(await refused(good, {})).toMatch(/unknown issuer "CN=Test CA"/));
  test("changed pin", async () =>
    expect(await refused(good, { pin: pin(other) })).toContain(`pinned is ${pin(other)}, it showed ${pin(good)}`));
});

test("a pinned key is trusted whatever its name, issuer and dates", async () => {
  for (const pair of [other, expired, wrongName]) {
    const port = await site((_request, response) => response.end("{}"), pair);
    expect((await ask(port, { pin: pin(pair) })).text).toBe("{}");
  }
});

test("a certificate for another name is trusted when that name is configured", async () => {
  const port = await site((_request, response) => response.end("{}"), wrongName);
  const answer = await ask(port, { ca: authority.cert, serverName: "leaf-9.example" });
  expect(answer.status).toBe(200);
});

describe("silence ends at the deadline, and says how far we came", () => {
  test("after the connection", async () => {
    const port = await listening(createTcpServer(() => {}));
    const startedAt = Date.now();
    const error = await trouble(ask(port, {}, 300));
    expect(error.reason).toBe("timeout");
    expect(error.message).toMatch(/did not finish the TLS handshake within 0\.\d s/);
    expect(Date.now() - startedAt).toBeLessThan(900);
  });
  test("after the TLS handshake", async () => {
    const port = await listening(createTlsServer(good, (socket) => socket.on("error", () => {})));
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["timeout", expect.stringContaining("began no answer")]);
  });
  test("after the headers", async () => {
    const port = await site((_request, response) => response.writeHead(200).flushHeaders());
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["timeout", expect.stringContaining("had sent 0 bytes")]);
  });
  test("one byte at a time", async () => {
    const port = await site((_request, response) => {
      timers.push(setInterval(() => response.write("x"), 50));
    });
    const error = await trouble(ask(port, undefined, 500));
    expect([error.reason, error.message]).toEqual(["timeout", expect.stringMatching(/had sent [1-9]\d* bytes/)]);
  });
  test("and the next request finds a fresh connection", async () => {
    let hang = true;
    const port = await site((_request, response) => {
      if (!hang) response.end("{}");
    });
    const client = httpsClient("leaf-1", `https://127.0.0.1:${port}`, { ca: authority.cert }, LIMIT);
    const soon = (ms: number) => ({ signal: new AbortController().signal, endsAt: Date.now() + ms });
    expect((await trouble(client.send({ method: "GET", path: "/" }, soon(200)))).reason).toBe("timeout");
    hang = false;
    expect((await client.send({ method: "GET", path: "/" }, soon(2_000))).text).toBe("{}");
    client.close();
  });
});

test("the caller's own abort is no fault of the device", async () => {
  const port = await site(() => {});
  const client = httpsClient("leaf-1", `https://127.0.0.1:${port}`, { ca: authority.cert }, LIMIT);
  const abort = new AbortController();
  const asked = client.send({ method: "GET", path: "/" }, { signal: abort.signal, endsAt: Date.now() + 5_000 });
  setTimeout(() => abort.abort(), 50);
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  client.close();
});

describe("more than the limit is refused, and not held in memory", () => {
  test("announced", async () => {
    const port = await site((_request, response) => {
      response.writeHead(200, { "content-length": 500_000_000 }).write("x");
    });
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["too-large", expect.stringContaining("announces 500000000 bytes")]);
  });
  test("without end", async () => {
    const block = Buffer.alloc(16 * 1024, "x");
    let sent = 0;
    const port = await site((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(block)) sent += block.length;
      };
      response.on("drain", more);
      more();
    });
    expect((await trouble(ask(port, undefined, 3_000))).reason).toBe("too-large");
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });
  test("inflated", async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(LIMIT);
    const port = await site((_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const error = await trouble(ask(port, undefined, 2_000));
    expect([error.reason, error.message]).toEqual(["too-large", expect.stringContaining("gzip inflates beyond")]);
  });
  test("endless headers", async () => {
    const port = await listening(
      createTlsServer(good, (socket) => {
        socket.on("error", () => {}).write(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`);
      }),
    );
    expect((await trouble(ask(port))).reason).toBe("too-large");
  });
});

test("gzip within the limit is read, though we asked for none", async () => {
  const port = await site((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"a":1}')),
  );
  expect((await ask(port)).text).toBe('{"a":1}');
});

describe("a redirect is not followed, and the message names its host alone", () => {
  test.each([
    ["http://169.254.169.254/latest?token=x", /HTTP 302 to 169\.254\.169\.254$/],
    ["/command-api", /HTTP 302 to itself \(127\.0\.0\.1:\d+\)$/],
    ["http://[broken", /HTTP 302 to nowhere that can be read$/],
  ])("%s", async (location, message) => {
    const port = await site((_request, response) => response.writeHead(302, { location }).end());
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["redirected", expect.stringMatching(message)]);
    expect(seen).toHaveLength(1);
  });
});

describe("what is no answer becomes a reason", () => {
  test.each([
    [401, "unauthorized", "Unauthorized"],
    [403, "unauthorized", "no"],
    [404, "failed", "<html><title>Not here</title></html>"],
    [502, "failed", "<h1>Bad gateway</h1>"],
  ])("HTTP %i", async (status, reason, body) => {
    const port = await site((_request, response) => response.writeHead(status).end(body));
    const error = await trouble(ask(port));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(`HTTP ${status}, "${body.replaceAll(/<[^>]*>/g, "")}"`);
  });
  test("a login page with 200", async () => {
    const page = "<!DOCTYPE html><html><style>p{}</style><title>Sign in</title></html>";
    const port = await site((_request, response) => response.end(page));
    const answer = await ask(port);
    expect(() => jsonIn("leaf-1", answer)).toThrow(
      'leaf-1 gave an answer that we cannot read: a web page instead of JSON: "Sign in"',
    );
  });
  test("nobody listens", async () => {
    const port = await listening(createTcpServer());
    shutAll();
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["unreachable", expect.stringContaining("connection refused")]);
  });
  test("a name that does not resolve", async () => {
    const client = httpsClient("leaf-1", "https://leaf-1.invalid", {}, LIMIT);
    const patience = { signal: new AbortController().signal, endsAt: Date.now() + 3_000 };
    const error = await trouble(client.send({ method: "GET", path: "/" }, patience));
    client.close();
    expect([error.reason, error.message]).toEqual(["unreachable", expect.stringContaining("does not resolve")]);
  });
  test("plain text instead of TLS", async () => {
    const port = await listening(createTcpServer((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["malformed", expect.stringContaining("does not speak TLS")]);
  });
  test("garbage instead of HTTP", async () => {
    const port = await listening(
      createTlsServer(good, (socket) => socket.on("error", () => {}).end("\0\xff garbage\r\n\r\n")),
    );
    expect((await trouble(ask(port))).reason).toBe("malformed");
  });
  test("TLS 1.1 and older", async () => {
    const port = await listening(
      createTlsServer({ ...good, maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" }),
    );
    const error = await trouble(ask(port));
    expect([error.reason, error.message]).toEqual(["failed", expect.stringContaining("no TLS 1.2 or newer")]);
  });
});

test("a connection cut at any byte is told as such, and never as an answer", async () => {
  const body = '{"jsonrpc":"2.0","id":"1","result":[{}]}';
  const whole = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  let cutAt = 0;
  const port = await listening(
    createTlsServer(good, (socket) => {
      socket.on("error", () => {}).once("data", () => socket.end(whole.slice(0, cutAt)));
    }),
  );
  for (cutAt = 0; cutAt < whole.length; cutAt += 7) {
    expect([cutAt, (await trouble(ask(port, undefined, 2_000))).reason]).toEqual([cutAt, "cut-off"]);
  }
});

test("only https is spoken, and no credentials stand in the url", () => {
  for (const url of ["http://10.0.0.1", "https://a:b@10.0.0.1", "10.0.0.1"]) {
    expect(() => httpsClient("leaf-1", url, {}, LIMIT)).toThrow(/its url must be https/);
  }
});

function pin({ cert }: Pair): string {
  const spki = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return `sha256/${createHash("sha256").update(spki).digest("base64")}`;
}
