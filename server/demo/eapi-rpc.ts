import { z } from "zod";
import { EOS_COMMANDS } from "./eapi-commands.ts";
import type { DeviceState, World } from "./world.ts";

const Command = z.union([
  z.string(),
  z.object({ cmd: z.string(), input: z.string().optional(), revision: z.number().int().positive().optional() }),
]);

/** The arguments that EOS 4.31 takes; it names the first that it does not know, as Python does. */
const Params = z.object({
  version: z.union([z.number().int(), z.literal("latest")]).default(1),
  cmds: z.array(Command).min(1),
  format: z.enum(["json", "text"]).default("json"),
  timestamps: z.boolean().default(false),
  autoComplete: z.boolean().default(false),
  expandAliases: z.boolean().default(false),
  stopOnError: z.boolean().default(true),
  streaming: z.boolean().default(false),
  includeErrorDetail: z.boolean().default(false),
});

const Request = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number(), z.null()]),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});

interface Failure {
  readonly code: number;
  readonly reason: string;
  readonly errors: readonly string[];
}

/** Answers one JSON-RPC request with the envelope that EOS would send; failures of commands keep what came before. */
export function answerRpc(world: World, device: DeviceState, body: string): object {
  let asked: unknown;
  try {
    asked = JSON.parse(body);
  } catch {
    return rpcError(null, -32_700, "Parse error");
  }
  const request = Request.safeParse(asked);
  if (!request.success) return rpcError(null, -32_600, "Invalid request");
  const { id, method } = request.data;
  if (method !== "runCmds") return rpcError(id, -32_601, `Method '${method.slice(0, 100)}' not found`);
  const stranger = Object.keys(request.data.params).find((key) => !Object.hasOwn(Params.shape, key));
  if (stranger !== undefined)
    return rpcError(id, -32_602, `runCmds() got an unexpected keyword argument '${stranger.slice(0, 100)}'`);
  const params = Params.safeParse(request.data.params);
  if (!params.success) return rpcError(id, -32_602, `Invalid params: ${z.prettifyError(params.error).slice(0, 300)}`);
  return runCmds(world, device, id, params.data);
}

function runCmds(
  world: World,
  device: DeviceState,
  id: string | number | null,
  params: z.infer<typeof Params>,
): object {
  const results: object[] = [];
  let first: (Failure & { at: number; cmd: string }) | undefined;

  for (const [i, command] of params.cmds.entries()) {
    const { cmd, revision } = typeof command === "string" ? { cmd: command, revision: undefined } : command;
    const startedAt = world.advance();
    const outcome = run(world, device, cmd, revision, params.format);
    if ("errors" in outcome) {
      first ??= { ...outcome, at: i + 1, cmd };
      results.push({ errors: outcome.errors });
      if (params.stopOnError) break;
      continue;
    }
    const meta = params.timestamps ? { _meta: { execStartTime: startedAt / 1000, execDuration: 0.004 } } : {};
    results.push({ ...outcome.result, ...meta });
  }
  if (!first) return { jsonrpc: "2.0", id, result: results };
  const message = `CLI command ${first.at} of ${params.cmds.length} '${first.cmd.slice(0, 200)}' failed: ${first.reason}`;
  return { jsonrpc: "2.0", id, error: { code: first.code, message, data: results } };
}

function run(
  world: World,
  device: DeviceState,
  cmd: string,
  revision: number | undefined,
  format: "json" | "text",
): { readonly result: object } | Failure {
  const words = cmd.trim().replaceAll(/\s+/g, " ");
  if (words === "enable") return { result: {} };
  const command = EOS_COMMANDS.get(words);
  if (!command) return { code: 1002, reason: "invalid command", errors: [complaint(words)] };
  if (format === "text") {
    if (command.text) return { result: { output: command.text(world, device) } };
    return {
      code: 1000,
      reason: "could not run command",
      errors: [`The demo has no text form of '${words}': ask for JSON`],
    };
  }
  if (revision !== undefined && revision > command.revision) {
    return {
      code: 1004,
      reason: "incompatible command revision",
      errors: [`Revision ${revision} is not available: the newest is ${command.revision}`],
    };
  }
  return { result: command.json(world, device) };
}

/** EOS names the first token that fits no command, counted from 1, or the last one where more was needed. */
function complaint(words: string): string {
  if (/^conf/.test(words)) return "Invalid input (privileged mode required)";
  const tokens = words.split(" ");
  let fitting = 0;
  for (const known of EOS_COMMANDS.keys()) {
    const expected = known.split(" ");
    let same = 0;
    while (same < tokens.length && tokens[same] === expected[same]) same++;
    fitting = Math.max(fitting, same);
  }
  if (fitting === tokens.length) return `Incomplete command (at token ${fitting}: '${tokens[fitting - 1] ?? ""}')`;
  return `Invalid input (at token ${fitting + 1}: '${tokens[fitting] ?? ""}')`;
}

function rpcError(id: string | number | null, code: number, message: string): object {
  return { jsonrpc: "2.0", id, error: { code, message } };
}
