import { describe, expect, test } from "vitest";
import { EapiRequestError, outcomeOf, parseEnvelope } from "./eapi-answer.ts";

function failing(code: number, text: string, message = "CLI command 2 of 3 'show x' failed: could not run it") {
  return { jsonrpc: "2.0", id: "1", error: { code, message, data: [{ version: "4.31.1F" }, { errors: [text] }] } };
}

test("results come in the order of the commands, and one that is JSON in a string is read", () => {
  const result = [{ a: 1 }, '{"b":2}', "plain text"];
  expect(parseEnvelope({ jsonrpc: "2.0", id: "1", result }, 3).outcomes).toEqual([
    { ok: true, answer: { a: 1 } },
    { ok: true, answer: { b: 2 } },
    { ok: true, answer: { output: "plain text" } },
  ]);
});

test("what was answered before a failing command is kept, and what was not run is left to ask", () => {
  const batch = parseEnvelope(failing(1002, "Invalid input (at token 1: 'x')"), 3);
  expect(batch.outcomes).toEqual([
    { ok: true, answer: { version: "4.31.1F" } },
    { ok: false, why: "invalid", text: "Invalid input (at token 1: 'x')" },
  ]);
});

test("answers behind the failing command are kept where EOS ran on", () => {
  const answer = failing(1002, "Invalid input");
  answer.error.data.push({ version: "later" });
  expect(parseEnvelope(answer, 3).outcomes[2]).toEqual({ ok: true, answer: { version: "later" } });
});

describe("the words of EOS decide what a failure means", () => {
  test.each([
    [1000, "BGP inactive", "inactive"],
    [1000, "VRF 'storage' is not active", "inactive"],
    [1000, "Not supported on this hardware platform", "not-applicable"],
    [1003, "Command cannot be used over the API at this time", "text-only"],
    [1002, "This is an unconverted command", "text-only"],
    [1005, "Authorization denied for command 'show version'", "refused"],
    [1002, "Invalid input (privileged mode required)", "refused"],
    [1002, "Incomplete command (at token 2: 'bgp')", "invalid"],
    [1004, "Revision 9 is not available", "invalid"],
    [1000, "Agent is busy", "failed"],
  ])("%i %s", (code, text, why) => {
    expect(parseEnvelope(failing(code, text), 3).outcomes[1]).toEqual({ ok: false, why, text });
  });
});

test("errors beside normal keys are errors, also in a result", () => {
  expect(outcomeOf({ vrfs: {}, errors: ["BGP inactive"] }, 0, "")).toEqual({
    ok: false,
    why: "inactive",
    text: "BGP inactive",
  });
});

test("an error of the request itself belongs to no command", () => {
  const error = { code: -32602, message: "runCmds() got an unexpected keyword argument 'x'" };
  expect(() => parseEnvelope({ jsonrpc: "2.0", id: null, error }, 3)).toThrow(EapiRequestError);
  const beyond = { code: 1002, message: "CLI command 9 of 9 'x' failed", data: [] };
  expect(() => parseEnvelope({ jsonrpc: "2.0", id: "1", error: beyond }, 3)).toThrow(EapiRequestError);
});

test("too few results, or results missing before a failure, are refused rather than shifted", () => {
  expect(() => parseEnvelope({ id: "1", result: [{}] }, 2)).toThrow("1 results for 2 commands");
  const hole = { code: 1002, message: "CLI command 3 of 3 'x' failed", data: [{}] };
  expect(() => parseEnvelope({ id: "1", error: hole }, 3)).toThrow("1 results before command 3");
});

test("what is no envelope is refused", () => {
  for (const answer of [null, [], "x", {}, { result: {} }, { error: { message: "x" } }]) {
    expect(() => parseEnvelope(answer, 1)).toThrow();
  }
});
