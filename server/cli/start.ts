import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { loadSettings } from "../settings.ts";
import { preparePages, runConsole } from "./console.ts";
import { runDemo } from "./demo.ts";
import { parsePort } from "./options.ts";
import { print } from "./print.ts";

const DEFAULT_FILE = "peerglass.yaml";

interface StartOptions {
  readonly config?: string;
  readonly port?: number;
  readonly checkConfig?: boolean;
  readonly allowRemote?: boolean;
}

export function startCommand(): Command {
  return new Command("start")
    .description(`start the console on ${DEFAULT_FILE}; where there is none, on a demo fabric`)
    .option("--config <file>", `configuration (PEERGLASS_CONFIG, or ./${DEFAULT_FILE})`)
    .addOption(new Option("--port <number>", "port to listen on (PORT, or listen.port, or 3000)").argParser(parsePort))
    .option("--check-config", "say whether the configuration and its credentials can be used, and end")
    .option("--allow-remote", "accept that an address beyond loopback has no sign-in")
    .action(async (options: StartOptions) => {
      process.exitCode = await start(options);
    });
}

async function start({ config, port, checkConfig, allowRemote }: StartOptions): Promise<number> {
  const file = configFile(config);
  if (checkConfig) {
    await check(file, allowRemote);
    return 0;
  }
  if (file === undefined && !environmentHasDevices()) {
    process.stderr.write(
      `peerglass: There is no ./${DEFAULT_FILE}, so you see the demo fabric. Your own: --config FILE.\n`,
    );
    return runDemo({ port, allowRemote });
  }
  await preparePages();
  return runConsole({ config: file, port, allowRemote });
}

async function check(file: string | undefined, allowRemote: boolean | undefined): Promise<void> {
  if (file === undefined && !environmentHasDevices()) {
    throw new Error(`there is nothing to check: ./${DEFAULT_FILE} does not exist; name a file with --config FILE`);
  }
  const { buildSources } = await import("../sources/registry.ts");
  const env = { ...process.env, ...(allowRemote && { PEERGLASS_LISTEN_ALLOWREMOTE: "true" }) };
  const { settings } = loadSettings({ ...(file !== undefined && { file }), env });
  const sources = buildSources(settings, env);
  await print(
    `${file ?? "The environment"} is sound: ${counted(settings.devices.length, "device")}, ${counted(sources.length, "source")}.`,
  );
}

function configFile(given: string | undefined): string | undefined {
  const named = given ?? (process.env.PEERGLASS_CONFIG || undefined);
  if (named !== undefined) return resolve(named);
  return existsSync(DEFAULT_FILE) ? resolve(DEFAULT_FILE) : undefined;
}

function environmentHasDevices(): boolean {
  return Object.keys(process.env).some((name) => name.toUpperCase().startsWith("PEERGLASS_DEVICES"));
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
