import { resolve } from "node:path";
import { Command } from "commander";
import { prettyJson, print } from "./print.ts";
import { ownVersion } from "./version.ts";

interface SnapshotOptions {
  readonly config?: string;
  readonly url?: string;
}

export function snapshotCommand(): Command {
  return new Command("snapshot")
    .description("print the fabric as it is now, as JSON")
    .option("--url <url>", "ask the console that runs there (http://127.0.0.1:3000, or PORT)")
    .option("--config <file>", "ask the devices of this configuration, once, without a console")
    .action(async ({ config, url }: SnapshotOptions) => {
      if (config !== undefined && url !== undefined) throw new Error("give --url or --config, not both");
      await print(prettyJson(config === undefined ? await fromConsole(url) : await fromDevices(resolve(config))));
    });
}

async function fromConsole(url: string | undefined): Promise<unknown> {
  const { askConsole } = await import("./snapshot-of-console.ts");
  return askConsole(url ?? `http://127.0.0.1:${process.env.PORT || 3000}`);
}

async function fromDevices(file: string): Promise<unknown> {
  const { observeOnce } = await import("./snapshot-of-devices.ts"); // brings every vendor along
  return observeOnce(file, ownVersion());
}
