import { Command, Option } from "commander";
import { loadSettings } from "../settings.ts";
import { consoleEnvironment, preparePages, runConsole } from "./console.ts";
import { type DemoOptions, startDemoFabric } from "./demo-fabric.ts";
import { tryToListen } from "./listen.ts";
import { parsePort, parseWhole } from "./options.ts";

const SIZES = ["small", "medium", "large", "huge"] as const;

export function demoCommand(): Command {
  return new Command("demo")
    .description("show an invented fabric with its weather: flaps, cut links, wrong passwords, full tables")
    .addOption(new Option("--size <size>", "12 nodes, 100, 1,000 or 5,000").default("small").choices(SIZES))
    .addOption(new Option("--seed <number>", "the same seed brings the same weather").argParser(parseWhole))
    .option("--paused", "start with no weather at all")
    .addOption(new Option("--port <number>", "port of the console (PORT, or 3000)").argParser(parsePort))
    .option("--allow-remote", "accept that an address beyond loopback has no sign-in")
    .action(async (options: DemoOptions & { port?: number; allowRemote?: boolean }) => {
      process.exitCode = await runDemo(options);
    });
}

/** Demo fabric and console side by side; when one ends, so does the other. @returns the console's exit code. */
export async function runDemo(
  options: DemoOptions & { port?: number | undefined; allowRemote?: boolean | undefined },
): Promise<number> {
  const { settings } = loadSettings({ env: consoleEnvironment(options) });
  await tryToListen(settings.listen);
  await preparePages();
  process.stderr.write("peerglass: Starting the demo fabric ...\n");
  const demo = await startDemoFabric(options);
  try {
    process.stderr.write(`peerglass: The demo fabric is up: ${demo.devices} devices that answer as real ones do.\n`);
    return await Promise.race([
      runConsole({ config: demo.config, port: options.port, allowRemote: options.allowRemote }),
      demo.ended.then(() => {
        throw new Error("the demo fabric ended by itself, so the console ends too");
      }),
    ]);
  } finally {
    await demo.stop();
  }
}
