import { createReadStream } from "node:fs";
import { Command } from "commander";
import { reading, SourceError } from "../sources/source-error.ts";
import { plain, prettyJson, print } from "./print.ts";

/** Exit code when the answer, or the question, cannot be read. */
const CANNOT_READ = 2;
const MAX_BYTES = 256 * 1024 * 1024;

export function readCommand(): Command {
  return new Command("read")
    .description("read a saved answer of a device, and print our model of it as JSON")
    .argument("[source]", "kind of device: see --list")
    .argument("[command]", 'what the device was asked, in quotes: "show protocols all"')
    .argument("[file]", "its answer; - reads standard input", "-")
    .option("--device <name>", "whose answer it is", "device")
    .option("--list", "print which commands of which devices can be read")
    .addHelpText(
      "after",
      `\nExit code ${CANNOT_READ}, and a sentence on standard error, when the answer cannot be read.`,
    )
    .action(async (source: string | undefined, command: string | undefined, file: string, options: ReadOptions) => {
      try {
        await print(options.list ? await list() : await read(source, command, file, options.device));
      } catch (error) {
        process.stderr.write(`peerglass: ${plain(sentence(error))}\n`);
        process.exitCode = CANNOT_READ;
      }
    });
}

interface ReadOptions {
  readonly device: string;
  readonly list?: boolean;
}

async function read(
  source: string | undefined,
  command: string | undefined,
  file: string,
  device: string,
): Promise<string> {
  const { COMMANDS } = await import("../sources/commands.ts");
  const commands = source === undefined ? undefined : COMMANDS.get(source);
  const kinds = [...COMMANDS.keys()].join(", ");
  if (!commands)
    throw new Error(source ? `${source} is no kind of source; known are ${kinds}` : `name a source: ${kinds}`);
  const parse = command === undefined ? undefined : commands.get(spaced(command));
  if (!parse) {
    const known = [...commands.keys()].map((name) => `\n  ${name}`).join("");
    throw new Error(`${command ? `"${command}" is not read` : "name a command"}; of ${source} these are:${known}`);
  }
  const text = await contents(file);
  return prettyJson(reading(device, () => parse(text, device)));
}

async function list(): Promise<string> {
  const { COMMANDS } = await import("../sources/commands.ts");
  return [...COMMANDS]
    .flatMap(([kind, commands]) => [...commands.keys()].map((name) => `${kind} "${name}"`))
    .join("\n");
}

async function contents(file: string): Promise<string> {
  const stream = file === "-" ? process.stdin : createReadStream(file);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_BYTES) break;
    }
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const why =
      code === "ENOENT" ? "does not exist" : code === "EISDIR" ? "is a directory" : `cannot be opened (${code})`;
    throw new Error(`${file} ${why}`, { cause });
  }
  if (bytes > MAX_BYTES) throw new Error(`${file} is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  return Buffer.concat(chunks).toString("utf8");
}

function spaced(command: string): string {
  return command.trim().replaceAll(/\s+/g, " ");
}

function sentence(error: unknown): string {
  if (error instanceof SourceError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
