import { type Ran, runCommand } from "../command-runner.ts";
import { SourceError } from "../source-error.ts";
import type { Budget, FrrClient } from "./client.ts";
import { type Daemon, daemonFor } from "./commands.ts";
import { deviceText, MAX_WORDS } from "./device-text.ts";

/**
 * Asks through `vtysh -d DAEMON -c COMMAND`, for where only that is to be had: FRR in a container, or on a machine whose
 * sockets are not ours to open. `vtysh` is the program with the arguments that stand before, e.g. `["docker", "exec",
 * "frr", "vtysh"]`; no shell splits them, here or there, so that `ssh` cannot stand among them.
 *
 * vtysh itself sends `enable` to the daemons: what keeps this read-only is the list of commands.
 */
export function vtyshClient(source: string, vtysh: readonly string[]): FrrClient {
  let last: Promise<unknown> = Promise.resolve();

  return {
    address: vtysh.join(" "),
    cheap: false,
    ask(command, budget) {
      const daemon = daemonFor(command);
      if (!daemon) return Promise.reject(new RangeError(`not a command that we send: ${JSON.stringify(command)}`));
      const turn = last.then(() => askOnce(source, vtysh, daemon, command, budget));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

async function askOnce(source: string, vtysh: readonly string[], daemon: Daemon, command: string, budget: Budget) {
  const ran = await runCommand([...vtysh, "-d", daemon, "-c", command], {
    signal: budget.signal,
    deadlineMs: budget.deadlineAt - Date.now(),
    maxBytes: budget.maxAnswerBytes,
  });
  const trouble = vtyshTrouble(ran, daemon, command, vtysh[0] ?? "vtysh");
  if (trouble) throw new SourceError(trouble.reason, source, `${daemon}: ${trouble.detail}`);
  return ran.ended === "exited" ? ran.stdout : "";
}

interface VtyshTrouble {
  readonly reason: SourceError["reason"];
  readonly detail: string;
}

/**
 * What went wrong, or undefined for an answer. vtysh tells most failures in text, on either output, and exits with 0
 * when the daemon dies before it has answered (seen on 8.4.4).
 */
export function vtyshTrouble(ran: Ran, daemon: Daemon, command: string, program: string): VtyshTrouble | undefined {
  switch (ran.ended) {
    case "timeout":
      return { reason: "timeout", detail: `"${command}" took longer than was left` };
    case "too-large":
      return { reason: "too-large", detail: `"${command}" gives more than we take` };
    case "aborted":
      return { reason: "failed", detail: "no longer asked for" };
    case "not-started":
      return { reason: "failed", detail: `${program} cannot be run (${ran.code}); is it installed, and in PATH?` };
    case "killed":
      return { reason: "failed", detail: `${program} was ended by ${ran.bySignal}` };
    case "exited":
      return saidTrouble(ran.code, ran.stdout, ran.stderr, daemon, command);
    default:
      return ran satisfies never;
  }
}

function saidTrouble(code: number, stdout: string, stderr: string, daemon: Daemon, command: string) {
  const isAnswer = /^\s*[[{]/.test(stdout);
  const said = `${isAnswer ? "" : stdout}\n${stderr}`;
  const words = deviceText(said, MAX_WORDS);

  if (/error reading from|lost connection/i.test(said)) return trouble("cut-off", words);
  if (/permission denied/i.test(said) && /failed to connect/i.test(said)) {
    return trouble("refused", `${words}; add the user that runs vtysh to the group frrvty`);
  }
  if (/failed to connect to any daemons|is not running/i.test(said)) {
    return trouble("no-daemon", `${words}; start ${daemon}`);
  }
  if (/^\s*%/.test(stdout)) return trouble("refused", `"${command}" is answered with: ${words}`);
  if (code !== 0) return trouble("failed", words === "" ? `exit code ${code}, and no text` : words);
  return undefined;
}

function trouble(reason: SourceError["reason"], detail: string): VtyshTrouble {
  return { reason, detail };
}
