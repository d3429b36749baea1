import { z } from "zod";
import type { CommandTrouble, Outcome } from "../switch/outcome.ts";

/** The two envelopes of NX-API. Both answer one command with an object and several with a list. */

export type Envelope = "json-rpc" | "ins_api";

const RpcAnswer = z.object({
  id: z.union([z.number(), z.string()]).nullish(),
  result: z.object({ body: z.unknown().optional(), msg: z.string().optional() }).nullish(),
  error: z
    .object({
      code: z.number(),
      message: z.string().default(""),
      data: z.object({ msg: z.string().default("") }).nullish(),
    })
    .nullish(),
});

const Output = z.object({
  /** Absent in some saved answers, which then hold the body alone. */
  code: z.union([z.string(), z.number()]).transform(String).optional(),
  msg: z.string().default(""),
  input: z.string().optional(),
  clierror: z.string().optional(),
  body: z.unknown().optional(),
});
const InsApi = z.object({
  ins_api: z.object({ outputs: z.object({ output: z.union([z.array(z.unknown()), z.looseObject({})]) }) }),
});

/** An error that concerns the request, not one of its commands. */
export class NxapiRequestError extends Error {
  override readonly name = "NxapiRequestError";
}

/**
 * Outcomes in the order of the commands, of which there were `asked`.
 *
 * @throws ZodError for what is no envelope. @throws NxapiRequestError when the whole request was refused.
 * @throws SyntaxError when the number of answers does not fit.
 */
export function parseAnswers(envelope: Envelope, answer: unknown, asked: number): Outcome[] {
  const outcomes = envelope === "json-rpc" ? rpcOutcomes(answer) : insOutcomes(answer);
  if (outcomes.length !== asked) throw new SyntaxError(`${outcomes.length} answers to ${asked} commands`);
  return outcomes;
}

/** Answers carry the id of their call, which counts from 1: their own order is not relied on. */
function rpcOutcomes(answer: unknown): Outcome[] {
  const answers = z.array(RpcAnswer).parse(Array.isArray(answer) ? answer : [answer]);
  const lost = answers.find(({ id, error }) => error && (id === null || id === undefined));
  if (lost?.error) throw new NxapiRequestError(messageOf(lost.error));
  return answers.toSorted((a, b) => Number(a.id) - Number(b.id)).map(rpcOutcome);
}

function rpcOutcome({ result, error }: z.infer<typeof RpcAnswer>): Outcome {
  if (error) {
    const text = messageOf(error);
    return { ok: false, why: troubleOf(text), text };
  }
  if (result === undefined) return { ok: false, why: "failed", text: "neither a result nor an error" };
  if (result === null) return { ok: true, answer: null };
  return { ok: true, answer: result.body === undefined ? { output: result.msg ?? "" } : result.body };
}

function messageOf({ message, data }: NonNullable<z.infer<typeof RpcAnswer>["error"]>): string {
  const detail = data?.msg.trim();
  return (detail || message).slice(0, 500);
}

function insOutcomes(answer: unknown): Outcome[] {
  const { output } = InsApi.parse(answer).ins_api.outputs;
  return z
    .array(Output)
    .parse(Array.isArray(output) ? output : [output])
    .map(insOutcome);
}

function insOutcome({ code, msg, clierror, body }: z.infer<typeof Output>): Outcome {
  if (code === undefined ? body === undefined : code !== "200") {
    const text = (clierror?.trim() || msg).slice(0, 500);
    return { ok: false, why: code === "501" ? "text-only" : troubleOf(text), text };
  }
  if (typeof body === "string") return { ok: true, answer: body === "" ? null : { output: body } };
  return { ok: true, answer: body === undefined || isEmpty(body) ? null : body };
}

function isEmpty(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}

function troubleOf(text: string): CommandTrouble {
  if (/structured output unsupported|xml output is not supported|json.*not supported/i.test(text)) return "text-only";
  if (/bgp (is )?not (running|enabled|configured)/i.test(text)) return "inactive";
  if (/permission denied|not authorized|role.*denied/i.test(text)) return "refused";
  if (/not supported on this (platform|hardware)/i.test(text)) return "not-applicable";
  if (/invalid command|syntax error|incomplete command|ambiguous command|invalid interface/i.test(text))
    return "invalid";
  return "failed";
}

/** Text that NX-OS gave in place of JSON. */
export function textIn(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null || !("output" in answer)) return undefined;
  return typeof answer.output === "string" ? answer.output : undefined;
}
