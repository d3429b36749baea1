import { createHash } from "node:crypto";
import { Client, type ClientChannel } from "ssh2";
import type { SourceErrorReason } from "../../../lib/fabric/observation.ts";
import type { Secret } from "../../secret.ts";
import type { Patience } from "../https.ts";
import { SourceError } from "../source-error.ts";
import { allNamed } from "./element.ts";
import { FrameError, FrameReader, framed } from "./netconf-frames.ts";
import { readXml } from "./read-xml.ts";

const BASE_10 = "urn:ietf:params:netconf:base:1.0";
const BASE_11 = "urn:ietf:params:netconf:base:1.1";
const HELLO = `<?xml version="1.0" encoding="UTF-8"?><hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities><capability>${BASE_10}</capability><capability>${BASE_11}</capability></capabilities></hello>`;

export interface SshTarget {
  /** Source, named in errors. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly login: { readonly password: Secret } | { readonly privateKey: Secret };
  /** `SHA256:...`, as ssh-keygen prints it. Without it no host is trusted, and the error tells what it showed. */
  readonly hostKey?: string;
  readonly maxAnswerBytes: number;
}

/** One NETCONF session. Whatever fails ends it: the next question needs a new one. */
export interface NetconfSession {
  /** Sends one message and waits for the next that comes. @throws SourceError; but the reason of `patience.signal` when that has aborted. */
  ask(message: string, patience: Patience): Promise<string>;
  readonly open: boolean;
  end(): void;
}

/** Fingerprint of a host key in the form of OpenSSH. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/**
 * Connects, checks the host key before any credential is sent, opens the subsystem `netconf` and exchanges hellos
 * (RFC 6241 §8.1).
 *
 * @throws SourceError; but the reason of `patience.signal` when that has aborted.
 */
export async function netconfSession(target: SshTarget, patience: Patience): Promise<NetconfSession> {
  const { id, host, port } = target;
  const place = `${host}:${port}`;
  const ssh = new Client();
  const frames = new FrameReader(target.maxAnswerBytes);
  let stage: "connect" | "login" | "hello" | "answer" = "connect";
  let failure: SourceError | undefined;
  let waiting: PromiseWithResolvers<string> | undefined;
  let channel: ClientChannel | undefined;

  const fail = (reason: SourceErrorReason, detail: string, cause?: unknown) => {
    failure ??= new SourceError(reason, id, detail, { cause });
    ssh.destroy();
    waiting?.reject(failure);
    waiting = undefined;
  };

  /** What `started` brings, unless the session fails or time runs out before. */
  async function within<T>(limits: Patience, started: Promise<T>): Promise<T> {
    const startedAt = Date.now();
    const left = Math.max(0, limits.endsAt - startedAt);
    const late = setTimeout(() => {
      const after = `within ${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
      fail("timeout", `${SILENCE[stage](place, frames.pending)} ${after}`);
    }, left);
    const aborted = () => fail("cut-off", `${place} was left by us`);
    limits.signal.addEventListener("abort", aborted, { once: true });
    try {
      limits.signal.throwIfAborted();
      return await started;
    } catch (cause) {
      limits.signal.throwIfAborted();
      throw failure ?? cause;
    } finally {
      clearTimeout(late);
      limits.signal.removeEventListener("abort", aborted);
    }
  }

  function next(): Promise<string> {
    waiting = Promise.withResolvers<string>();
    if (failure) waiting.reject(failure);
    return waiting.promise;
  }

  function take(data: Buffer) {
    try {
      for (const message of frames.take(data)) {
        if (!waiting) return fail("malformed", `${place} sent a message that nobody asked for`);
        const { resolve } = waiting;
        waiting = undefined;
        resolve(message);
      }
    } catch (cause) {
      if (!(cause instanceof FrameError)) throw cause;
      fail(
        cause.reason,
        cause.reason === "malformed" ? `${place} does not keep NETCONF's framing: ${cause.message}` : cause.message,
        cause,
      );
    }
  }

  // A question is one small packet: held back for more, each would cost 40 ms.
  ssh.on("connect", () => ssh.setNoDelay(true));
  ssh.on("error", (error) => {
    const [reason, detail] = sshTrouble(error, place, stage, target.username);
    fail(reason, detail, error);
  });
  ssh.on("close", () => fail("cut-off", `${place} closed the connection ${WHEN[stage]}`));

  const opened = Promise.withResolvers<ClientChannel>();
  opened.promise.catch(() => {});
  ssh.on("ready", () => {
    stage = "hello";
    ssh.subsys("netconf", (error, stream) => {
      if (error) {
        fail("refused", `${place} has no subsystem netconf: set system services netconf ssh`, error);
        opened.reject(failure);
      } else opened.resolve(stream);
    });
  });
  ssh.on("close", () => opened.reject(failure));
  // A login of its own name and key: no agent, no keys of ours, no keyboard.
  const login =
    "password" in target.login
      ? { password: target.login.password.reveal() }
      : { privateKey: target.login.privateKey.reveal() };
  try {
    ssh.connect({
      host,
      port,
      username: target.username,
      ...login,
      readyTimeout: 0,
      keepaliveInterval: 0,
      hostVerifier: (key: Buffer) => {
        const shown = fingerprintOf(key);
        stage = "login";
        if (target.hostKey === shown) return true;
        const why = target.hostKey
          ? `its host key has changed: pinned is ${target.hostKey}, it showed ${shown}`
          : `its host key is not pinned; it showed ${shown}. Compare that on the device, and set hostKey`;
        fail("certificate", `${place}: ${why}`);
        return false;
      },
    });
    channel = await within(patience, opened.promise);
    channel.on("data", take);
    channel.on("close", () => fail("cut-off", `${place} closed the session ${WHEN[stage]}`));
    const hello = next();
    channel.write(framed(HELLO, false));
    const theirs = readHello(await within(patience, hello), place, fail);
    if (theirs.includes(BASE_11)) frames.switchToChunks();
    stage = "answer";
    const chunked = theirs.includes(BASE_11);
    return {
      ask(message, limits) {
        if (failure) return Promise.reject(failure);
        const answer = next();
        channel?.write(framed(message, chunked));
        return within(limits, answer);
      },
      get open() {
        return failure === undefined;
      },
      end: () => fail("cut-off", `${place} was left by us`),
    };
  } catch (error) {
    ssh.destroy();
    throw error;
  }
}

function readHello(
  text: string,
  place: string,
  fail: (reason: SourceErrorReason, detail: string, cause?: unknown) => void,
): readonly string[] {
  try {
    return allNamed(readXml(text), "capability").map((capability) => capability.text.trim());
  } catch (cause) {
    fail("malformed", `${place} does not greet as NETCONF does: ${String(cause).slice(0, 100)}`, cause);
    throw cause;
  }
}

const SILENCE: Record<"connect" | "login" | "hello" | "answer", (place: string, bytes: number) => string> = {
  connect: (place) => `no SSH connection to ${place}`,
  login: (place) => `${place} did not finish the log-in`,
  hello: (place) => `${place} took the log-in, and did not greet`,
  answer: (place, bytes) =>
    bytes === 0
      ? `${place} took the question, and began no answer`
      : `${place} had sent ${bytes} bytes of its answer, and not the end`,
};

const WHEN: Record<"connect" | "login" | "hello" | "answer", string> = {
  connect: "before SSH was agreed",
  login: "during the log-in",
  hello: "before it greeted",
  answer: "before the end of its answer",
};

function sshTrouble(
  error: Error & { level?: string; code?: string },
  place: string,
  stage: "connect" | "login" | "hello" | "answer",
  username: string,
): [SourceErrorReason, string] {
  if (error.level === "client-authentication") {
    return ["unauthorized", `${place} did not let ${JSON.stringify(username)} in`];
  }
  const code = String(error.code ?? "");
  if (code === "ECONNREFUSED") return ["unreachable", `nothing listens at ${place} (connection refused)`];
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return ["unreachable", `no route to ${place} (${code})`];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ["unreachable", `the name in ${place} does not resolve`];
  if (code === "ETIMEDOUT") return ["timeout", `no connection to ${place}`];
  if (code === "ECONNRESET" || code === "EPIPE") return ["cut-off", `${place} closed the connection ${WHEN[stage]}`];
  if (error.level === "protocol" || error.level === "handshake" || stage === "connect") {
    return ["malformed", `${place} does not speak SSH as we do: ${error.message.slice(0, 150)}`];
  }
  return ["failed", `${place}: ${error.message.slice(0, 200)}`];
}
