import { connect, type Socket } from "node:net";
import type { Limits } from "../source.ts";
import { reading, SourceError } from "../source-error.ts";
import { type LastLine, ReplyCutter } from "./reply.ts";

export interface BirdTarget {
  /** Names the source in errors. */
  readonly id: string;
  /** Path of the control socket. */
  readonly socket: string;
  readonly limits: Limits;
}

export interface Answer {
  readonly last: LastLine;
  /** The whole reply; "" where `take` took it. */
  readonly lines: string;
}

export interface Bird {
  /**
   * Asks one command, and none while another is open.
   *
   * `take` gets the reply in pieces of whole lines as it comes: half of what a long one costs is to hold it in one string.
   * What `take` throws ends the conversation.
   *
   * @throws RangeError for a command that is not on the list: a bug, never a device's fault.
   */
  ask(command: string, take?: (lines: string) => void): Promise<Answer>;
}

/** All that we ever say to a BIRD. None of it changes anything, and `restrict` is said first. */
const COMMANDS = new Set([
  "show status",
  "show protocols",
  "show protocols all",
  "show interfaces",
  "show bfd sessions",
]);
const ONE_PROTOCOL = /^show protocols all [A-Za-z_][A-Za-z0-9_]{0,63}$/;

export function isAllowed(command: string): boolean {
  return COMMANDS.has(command) || ONE_PROTOCOL.test(command);
}

/**
 * One conversation on one connection: greeting, `restrict`, then what `talk` asks. A connection for each poll costs BIRD
 * a tenth of a millisecond, and neither a restart of the daemon nor a half-read answer can outlive it.
 *
 * @throws SourceError when the daemon is not there, refuses, hangs, cuts, or sends more than the limit; and the reason of
 *   `signal` when that aborts.
 */
export async function converse<T>(
  target: BirdTarget,
  signal: AbortSignal,
  talk: (bird: Bird) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const line = new Line(target);
  const abort = (): void => line.fail(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await line.greeting();
    await line.restrict();
    return await talk({
      ask: (command, take) => {
        if (!isAllowed(command)) throw new RangeError(`not a command that we ask of BIRD: ${command}`);
        return line.say(command, take);
      },
    });
  } finally {
    signal.removeEventListener("abort", abort);
    line.close();
  }
}

interface Waiting {
  readonly command: string;
  readonly take: (lines: string) => void;
  readonly done: (last: LastLine) => void;
  readonly failed: (cause: unknown) => void;
  readonly bytesBefore: number;
}

class Line {
  readonly #target: BirdTarget;
  readonly #socket: Socket;
  readonly #cutter = new ReplyCutter();
  readonly #deadline: NodeJS.Timeout;
  #waiting: Waiting | undefined;
  #failure: { readonly cause: unknown } | undefined;

  constructor(target: BirdTarget) {
    this.#target = target;
    this.#deadline = setTimeout(() => this.fail(this.#late()), target.limits.deadlineMs);
    this.#socket = connect({ path: target.socket });
    this.#socket.setEncoding("utf8");
    this.#socket.on("data", (chunk: string) => this.#receive(chunk));
    this.#socket.on("error", (cause: NodeJS.ErrnoException) => this.fail(connectError(target, cause)));
    this.#socket.on("close", () => this.fail(this.#cutOff()));
  }

  async greeting(): Promise<void> {
    const { last } = await this.#reply("the greeting");
    if (last.code !== 1 || !last.text.includes("BIRD")) {
      throw new SourceError("malformed", this.#target.id, `${this.#target.socket} is no BIRD: it says ${quoted(last)}`);
    }
  }

  async restrict(): Promise<void> {
    const { last } = await this.say("restrict");
    if (last.code !== 16) {
      const detail = `${this.#target.socket} does not confine us to reading (it answers ${quoted(last)} to \`restrict\`), so we ask nothing of it`;
      throw new SourceError("refused", this.#target.id, detail);
    }
  }

  say(command: string, take?: (lines: string) => void): Promise<Answer> {
    const reply = this.#reply(command, take);
    if (!this.#failure) this.#socket.write(`${command}\n`);
    return reply;
  }

  fail(cause: unknown): void {
    this.#failure ??= { cause };
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.failed(this.#failure.cause);
    this.close();
  }

  close(): void {
    clearTimeout(this.#deadline);
    this.#socket.destroy();
  }

  #reply(command: string, take?: (lines: string) => void): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure.cause);
    if (this.#waiting) throw new RangeError(`\`${command}\` was asked while \`${this.#waiting.command}\` was open`);
    return new Promise((resolve, reject) => {
      const kept: string[] = [];
      this.#waiting = {
        command,
        take: take ?? ((lines) => kept.push(lines)),
        done: (last) => resolve({ last, lines: kept.join("") }),
        failed: reject,
        bytesBefore: this.#socket.bytesRead,
      };
    });
  }

  #receive(chunk: string): void {
    if (this.#failure) return;
    try {
      const { limits, id } = this.#target;
      const waiting = this.#waiting;
      if (waiting && this.#socket.bytesRead - waiting.bytesBefore > limits.maxAnswerBytes) {
        const most = `${Math.round(limits.maxAnswerBytes / 1024)} KiB`;
        throw new SourceError(
          "too-large",
          id,
          `\`${waiting.command}\` gives more than ${most}; raise the limit if that is right`,
        );
      }
      reading(id, () => this.#handOut(chunk));
    } catch (cause) {
      this.fail(cause);
    }
  }

  #handOut(chunk: string): void {
    for (const { lines, last } of this.#cutter.take(chunk)) {
      const waiting = this.#waiting;
      if (!waiting) {
        if (lines.trim() !== "") throw new SyntaxError(`unasked: ${JSON.stringify(lines.slice(0, 80))}`);
        continue;
      }
      waiting.take(lines);
      if (!last) continue;
      this.#waiting = undefined;
      waiting.done(last);
    }
  }

  #late(): SourceError {
    const what = this.#waiting ? `\`${this.#waiting.command}\`` : "the conversation";
    const detail = `${what} was not complete after ${this.#target.limits.deadlineMs / 1000} s at ${this.#target.socket}; BIRD may be stopped or busy`;
    return new SourceError("timeout", this.#target.id, detail);
  }

  #cutOff(): SourceError {
    const what = this.#waiting ? `\`${this.#waiting.command}\` was not complete` : "between two answers";
    return new SourceError(
      "cut-off",
      this.#target.id,
      `${what} when ${this.#target.socket} closed; BIRD may have stopped or restarted`,
    );
  }
}

function quoted({ code, text }: LastLine): string {
  return JSON.stringify(`${String(code).padStart(4, "0")} ${text.slice(0, 80)}`);
}

function connectError({ id, socket }: BirdTarget, cause: NodeJS.ErrnoException): SourceError {
  switch (cause.code) {
    case "ENOENT":
      return new SourceError(
        "no-daemon",
        id,
        `there is no ${socket}: start BIRD, or set the path it was started with (\`-s\`)`,
        { cause },
      );
    case "ECONNREFUSED":
      return new SourceError("no-daemon", id, `nobody listens at ${socket}: BIRD has stopped, start it again`, {
        cause,
      });
    case "EACCES":
    case "EPERM":
      return new SourceError(
        "refused",
        id,
        `no permission for ${socket}: add our user to the group that owns it (Debian: bird)`,
        { cause },
      );
    case "EAGAIN":
      return new SourceError("timeout", id, `${socket} takes no more connections: BIRD is stopped or busy`, { cause });
    case "EPIPE":
    case "ECONNRESET":
      return new SourceError("cut-off", id, `${socket} was closed in the middle; BIRD may have stopped or restarted`, {
        cause,
      });
    default:
      return new SourceError("failed", id, `${socket}: ${cause.message}`, { cause });
  }
}
