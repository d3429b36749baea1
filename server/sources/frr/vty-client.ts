import { connect } from "node:net";
import { join } from "node:path";
import { SourceError } from "../source-error.ts";
import type { Budget, FrrClient } from "./client.ts";
import { type Daemon, daemonFor } from "./commands.ts";
import { deviceText, MAX_WORDS } from "./device-text.ts";
import { VtyReply } from "./vty-reply.ts";

const CMD_SUCCESS = 0;
const CMD_WARNING = 1;

/**
 * Speaks to `bgpd.vty`, `zebra.vty` and `bfdd.vty` in a directory, without a `vtysh` between.
 *
 * `enable` is never sent. Without it a daemon knows only its view commands (`configure terminal`, `clear` and `show
 * running-config` are unknown to it), so that the connection can change nothing, whatever is sent. The list of commands
 * keeps out the ones that show and harm. Each question has its own connection, and a daemon is asked one at a time.
 */
export function vtyClient(source: string, directory: string): FrrClient {
  const lastOf = new Map<Daemon, Promise<unknown>>();

  return {
    address: `unix:${directory}`,
    cheap: true,
    ask(command, budget) {
      const daemon = daemonFor(command);
      if (!daemon) return Promise.reject(new RangeError(`not a command that we send: ${JSON.stringify(command)}`));
      const turn = (lastOf.get(daemon) ?? Promise.resolve()).then(() =>
        exchange({ source, daemon, path: join(directory, `${daemon}.vty`), command, budget }),
      );
      lastOf.set(
        daemon,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}

interface Question {
  readonly source: string;
  readonly daemon: Daemon;
  readonly path: string;
  readonly command: string;
  readonly budget: Budget;
}

function exchange(question: Question): Promise<string> {
  const { source, daemon, path, command, budget } = question;
  const fail = (reason: SourceError["reason"], detail: string, cause?: unknown) =>
    new SourceError(reason, source, `${daemon}: ${detail}`, cause === undefined ? undefined : { cause });

  return new Promise((resolve, reject) => {
    if (budget.signal.aborted) return reject(fail("failed", "no longer asked for"));
    const reply = new VtyReply();
    const socket = connect(path);
    const leftMs = Math.max(0, budget.deadlineAt - Date.now());
    // The time for the whole answer. A socket's own timeout would start again at every byte that drips in.
    const timer = setTimeout(
      () => end(fail("timeout", `"${command}" took longer than was left (${leftMs} ms)`)),
      leftMs,
    );
    const onAbort = () => end(fail("failed", "no longer asked for"));
    budget.signal.addEventListener("abort", onAbort, { once: true });

    const end = (result: string | SourceError) => {
      clearTimeout(timer);
      budget.signal.removeEventListener("abort", onAbort);
      socket.destroy();
      if (typeof result === "string") resolve(result);
      else reject(result);
    };

    socket.on("connect", () => socket.write(`${command}\0`));
    socket.on("error", (error) => end(socketTrouble(error, path, reply.bytes, fail)));
    socket.on("close", () => end(fail("cut-off", `hung up after ${reply.bytes} bytes of "${command}"`)));
    socket.on("data", (piece) => {
      const progress = reply.add(piece);
      if (reply.bytes > budget.maxAnswerBytes) {
        return end(fail("too-large", `"${command}" gives more than ${budget.maxAnswerBytes} bytes`));
      }
      if (progress.state === "nonsense") return end(fail("malformed", progress.why));
      if (progress.state === "complete") end(judged(progress.text, progress.status, command, fail));
    });
  });
}

type Fail = (reason: SourceError["reason"], detail: string, cause?: unknown) => SourceError;

/** A warning may still carry JSON: an unknown VRF is answered with `{}` and status 1. */
function judged(text: string, status: number, command: string, fail: Fail): string | SourceError {
  const saysNo = text.trimStart().startsWith("%");
  if (!saysNo && (status === CMD_SUCCESS || status === CMD_WARNING)) return text;
  const words = deviceText(text, MAX_WORDS) || `status ${status}, and no text`;
  return fail("refused", `"${command}" is answered with: ${words}`);
}

function socketTrouble(error: Error, path: string, bytes: number, fail: Fail): SourceError {
  const code = "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return fail("no-daemon", `there is no ${path}; is the daemon started, and is this its directory?`, error);
    case "ECONNREFUSED":
      return fail("no-daemon", `nobody listens at ${path}; the daemon has ended, start it again`, error);
    case "EACCES":
    case "EPERM":
      return fail("refused", `no permission to open ${path}; add the user of the console to the group frrvty`, error);
    case "ECONNRESET":
    case "EPIPE":
      return fail("cut-off", `hung up after ${bytes} bytes`, error);
    default:
      return fail("failed", `${path}: ${code || error.message}`, error);
  }
}
