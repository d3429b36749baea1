import { Command, Option } from "commander";
import { capture } from "./capture.ts";
import { startConsole } from "./console.ts";
import { DEFAULT_LAB, type Lab, type LabOptions } from "./description.ts";
import { clean, runningLab, up, waitConverged } from "./fabric.ts";
import { faultWords, NODE_FAULTS, parseFault, SESSION_FAULTS } from "./fault.ts";
import { activeFaults, heal, healAll, inject } from "./faults.ts";
import { keepLab } from "./keeper.ts";
import { whyNoLab } from "./preflight.ts";
import { probeEnd } from "./probe.ts";

interface UpFlags {
  readonly spines: number;
  readonly leaves: number;
  readonly nodes: number;
  readonly hold: number;
  readonly bird: LabOptions["bird"];
  readonly bfd?: boolean;
  readonly gracefulRestart?: boolean;
  readonly console?: boolean;
  readonly port: number;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

process.stdout.on("error", () => process.exit()); // `status | head` reads no further

const program = new Command("lab")
  .description("A real BGP fabric on this machine: FRR spines and leaves, BIRD nodes, in network namespaces.")
  .option("--name <name>", "which lab; several run side by side", DEFAULT_LAB.name)
  .showHelpAfterError();

program
  .command("up")
  .description("build the lab anew, and wait until every session is up")
  .option("--spines <n>", "number of spines", Number, DEFAULT_LAB.spines)
  .option("--leaves <n>", "number of leaves, two to a rack", Number, DEFAULT_LAB.leaves)
  .option("--nodes <n>", "number of nodes, dealt to the racks", Number, DEFAULT_LAB.nodes)
  .option("--hold <seconds>", "hold time; keepalives come three times as often", Number, DEFAULT_LAB.timers.holdSec)
  .addOption(new Option("--bird <which>", "BIRD of the nodes").choices(["1.6", "2", "mixed"]).default(DEFAULT_LAB.bird))
  .option("--bfd", "BFD, 300 ms x 3 (FRR then calls nearly every reset 'BFD down')")
  .option("--graceful-restart", "graceful restart, 120 s, as Calico has it")
  .option("--console", "start the console on it; Ctrl-C takes both down")
  .option("--port <port>", "port of the console", Number, 3000)
  .action((flags: UpFlags) => runUp(flags));

program
  .command("down")
  .description("end everything of this lab, also after a crash")
  .action(() => clean(name()));

program
  .command("status")
  .description("what the daemons say of each session, and which faults are in force")
  .action(async () => showStatus(await runningLab(name())));

const faultList = Object.entries({ ...NODE_FAULTS, ...SESSION_FAULTS })
  .map(([kind, what]) => `  ${(kind in NODE_FAULTS ? `${kind} NODE` : `${kind} AT OTHER`).padEnd(26)} ${what}`)
  .join("\n");

program
  .command("fault")
  .description("inject a fault")
  .argument("<words...>", "e.g. shut-on-tor leaf-2 node-4 moving to rack 9")
  .addHelpText("after", `\nFaults:\n${faultList}`)
  .action(async (words: string[]) => {
    const lab = await runningLab(name());
    await inject(lab, parseFault(lab, words));
  });

program
  .command("heal")
  .description("heal a fault, in the words that injected it, or all")
  .argument("<words...>", "e.g. link-down leaf-1 node-2, or all")
  .action(async (words: string[]) => {
    const lab = await runningLab(name());
    if (words[0] === "all") await healAll(lab);
    else await heal(lab, parseFault(lab, words));
  });

program
  .command("capture")
  .description("write the raw answers of every device, with daemon, version and date")
  .argument("<directory>")
  .action(async (directory: string) => capture(await runningLab(name()), directory));

await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

function name(): string {
  return program.opts<{ name: string }>().name;
}

async function runUp(flags: UpFlags): Promise<void> {
  const why = await whyNoLab();
  if (why !== undefined) throw new Error(why);
  const options: LabOptions = {
    ...DEFAULT_LAB,
    name: name(),
    spines: flags.spines,
    leaves: flags.leaves,
    nodes: flags.nodes,
    timers: { ...DEFAULT_LAB.timers, holdSec: flags.hold, keepaliveSec: Math.max(1, Math.floor(flags.hold / 3)) },
    bird: flags.bird,
    bfd: flags.bfd === true,
    gracefulRestart: flags.gracefulRestart === true,
  };
  if (!flags.console) {
    await build(options);
    say("Faults: npm run lab -- fault --help. Take it down with: npm run lab -- down");
    return;
  }
  const keeper = keepLab(options.name);
  const asked = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => asked.abort());
  try {
    const lab = await build(options);
    asked.signal.throwIfAborted();
    const console = await startConsole(lab, flags.port, "inherit");
    say(`The console on the lab is at ${console.url}. Ctrl-C takes both down.`);
    await Promise.race([console.ended, aborted(asked.signal)]);
    await console.stop();
  } catch (cause) {
    if (!asked.signal.aborted) throw cause;
  } finally {
    await clean(options.name);
    await keeper.dismiss();
  }
}

async function build(options: LabOptions): Promise<Lab> {
  say(`Starting ${options.spines} spines, ${options.leaves} leaves and ${options.nodes} nodes ...`);
  const { lab, notes } = await up(options);
  for (const note of notes) say(`Note: ${note}`);
  const tookMs = await waitConverged(lab);
  say(
    `All ${lab.links.length} sessions are up after ${(tookMs / 1000).toFixed(1)} s; sockets are in ${lab.directory}.`,
  );
  return lab;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

async function showStatus(lab: Lab): Promise<void> {
  for (const link of lab.links) {
    const [lower, upper] = await Promise.all(
      [link.lower, link.upper].map((end) => probeEnd(lab, link, end.device, 500)),
    );
    say(`${link.lower.device} ${lower?.word}  |  ${link.upper.device} ${upper?.word}`);
  }
  const faults = await activeFaults(lab);
  say(faults.length === 0 ? "No fault is in force." : `In force: ${faults.map(faultWords).join(", ")}`);
}
