import { readdirSync } from "node:fs";
import type { Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { SourceError } from "../source-error.ts";
import { answering, type Behaviour, type BirdServer, birdServer, GREETING } from "./bird-server.ts";
import { converse, isAllowed } from "./client.ts";

const running: BirdServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function started(behaviour: Behaviour, greet?: (client: Socket) => void): Promise<BirdServer> {
  const server = await birdServer(behaviour, greet);
  running.push(server);
  return server;
}

function ask(
  socket: string,
  command = "show status",
  deadlineMs = 300,
  maxAnswerBytes = 1_000_000,
  signal = new AbortController().signal,
) {
  const target = { id: "node-1/bird", socket, limits: { deadlineMs, maxAnswerBytes } };
  return converse(target, signal, async (bird) => (await bird.ask(command)).lines);
}

async function failure(asked: Promise<unknown>): Promise<SourceError> {
  const cause = await asked.then(
    () => new Error("it answered"),
    (error: unknown) => error,
  );
  if (!(cause instanceof SourceError)) throw cause;
  return cause;
}

const drip = (client: Socket) => {
  const timer = setInterval(() => (client.destroyed ? clearInterval(timer) : client.write("0")), 20);
};

test("restrict is said before anything is asked", async () => {
  const server = await started(answering({ "show status": "1000-BIRD 2.0.12\n0013 Daemon is up and running\n" }));
  expect(await ask(server.socket)).toContain("1000-BIRD 2.0.12");
  expect(server.asked).toEqual(["restrict", "show status"]);
});

test("a daemon that does not confine us is asked nothing", async () => {
  const server = await started((_line, client) => client.write("9001 syntax error\n"));
  const error = await failure(ask(server.socket));
  expect(error.reason).toBe("refused");
  expect(server.asked).toEqual(["restrict"]);
});

test.each([
  "configure",
  "disable all",
  "down",
  "debug all all",
  "show route",
  "show protocols all x; down",
  "show protocols all ../x",
  "graceful restart",
])("%s is never sent", async (command) => {
  expect(isAllowed(command)).toBe(false);
  const server = await started(answering({}));
  await expect(ask(server.socket, command)).rejects.toThrow(RangeError);
  expect(server.asked).toEqual(["restrict"]);
});

test.each<[string, Behaviour, ((client: Socket) => void) | undefined, string]>([
  ["says nothing", () => undefined, () => undefined, "timeout"],
  ["greets and hangs", () => undefined, undefined, "timeout"],
  ["drips its greeting", () => undefined, drip, "timeout"],
  [
    "drips its answer",
    (line, client) => (line === "restrict" ? client.write("0016 Access restricted\n") : drip(client)),
    undefined,
    "timeout",
  ],
  ["hangs up at once", () => undefined, (client) => client.destroy(), "cut-off"],
  [
    "hangs up in the answer",
    (line, client) =>
      line === "restrict" ? client.write("0016 Access restricted\n") : client.end("1000-BIRD 2.0.12\n"),
    undefined,
    "cut-off",
  ],
  ["is a web server", () => undefined, (client) => client.end("HTTP/1.1 400 Bad Request\r\n\r\n"), "malformed"],
  ["is another daemon", () => undefined, (client) => client.write("0001 Quagga ready.\n"), "malformed"],
  [
    "answers with too much",
    (line, client) =>
      line === "restrict"
        ? client.write("0016 Access restricted\n")
        : client.write(`1000-${"x".repeat(999)}\n`.repeat(2_000)),
    undefined,
    "too-large",
  ],
  ["sends one endless line", () => undefined, (client) => client.write("1".repeat(3_000_000)), "too-large"],
])("a daemon that %s ends within the deadline, with its reason", async (_story, behaviour, greet, reason) => {
  const server = await started(behaviour, greet);
  const startedAt = Date.now();
  const error = await failure(ask(server.socket));
  expect(error.reason).toBe(reason);
  expect(error.message).toMatch(/^node-1\/bird /);
  expect(Date.now() - startedAt).toBeLessThan(1_500);
  await expect.poll(server.open).toBe(0);
});

test("no socket and a socket without a listener are a daemon that is gone", async () => {
  const server = await started(answering({}));
  await server.kill();
  expect((await failure(ask(server.socket))).reason).toBe("no-daemon");
  expect((await failure(ask(`${server.socket}.none`))).reason).toBe("no-daemon");
});

test("an answer cut at any byte is refused, never a shorter answer", async () => {
  const whole = "1000-BIRD 2.0.12\n1011-Router ID is 10.0.0.1\n Hostname is x\n0013 Daemon is up and running\n";
  for (let at = 0; at < whole.length - 1; at += 3) {
    const server = await started((line, client) =>
      line === "restrict" ? client.write("0016 Access restricted\n") : client.end(whole.slice(0, at)),
    );
    expect((await failure(ask(server.socket))).reason, `cut at ${at}`).toBe("cut-off");
  }
});

test("two replies in one packet, and a reply in many, are read alike", async () => {
  const bytes = `${GREETING}`;
  const server = await started(
    (line, client) => {
      const answer =
        line === "restrict" ? "0016 Access restricted\n" : "1000-BIRD 2.0.12\n+log line nobody asked for\n0013 up\n";
      for (const char of answer) client.write(char);
    },
    (client) => {
      for (const char of bytes) client.write(char);
    },
  );
  expect(await ask(server.socket)).toBe("1000-BIRD 2.0.12\n0013 up\n");
});

test("an abort ends the conversation at once, and its reason is what is thrown", async () => {
  const server = await started(() => undefined);
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("the console ends")), 30);
  await expect(ask(server.socket, "show status", 5_000, 1_000, stop.signal)).rejects.toThrow("the console ends");
});

test("two hundred conversations leave no descriptor and no listener behind", async () => {
  const server = await started(answering({ "show status": "0013 up\n" }));
  const stop = new AbortController();
  const descriptors = () => readdirSync("/proc/self/fd").length;
  await ask(server.socket, "show status", 1_000, 1_000, stop.signal);
  await expect.poll(server.open).toBe(0);
  const before = descriptors();
  for (let i = 0; i < 200; i++) await ask(server.socket, "show status", 1_000, 1_000, stop.signal);
  await expect.poll(server.open).toBe(0);
  expect(descriptors()).toBeLessThanOrEqual(before + 2);
});
