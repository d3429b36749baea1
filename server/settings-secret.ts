import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { Secret } from "./secret.ts";
import type { Environment } from "./settings-environment.ts";
import { SettingsError } from "./settings-error.ts";
import type { SecretRef } from "./settings-schema.ts";

const MAX_BYTES = 64 * 1024;
const OTHERS = 0o007;

/**
 * The credential that `ref` names. One newline at the end of a file is not part of it.
 *
 * @throws SettingsError when it is missing, empty, or in a file that every user of the machine may open.
 */
export function readSecret(ref: SecretRef, env: Environment = process.env): Secret {
  const text = "env" in ref ? fromEnvironment(ref.env, env) : fromFile(ref.file);
  return new Secret(text);
}

function fromEnvironment(name: string, env: Environment): string {
  const text = env[name];
  if (text) return text;
  throw new SettingsError([
    `environment variable ${name}, which should hold a credential, is ${text === "" ? "empty" : "not set"}`,
  ]);
}

function fromFile(path: string): string {
  const refuse = (why: string, cause?: unknown) => new SettingsError([`credential file ${path} ${why}`], { cause });
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    throw refuse(whyNotOpened(cause), cause);
  }
  try {
    const stat = fstatSync(file); // of what was opened, so that nobody can swap it in between
    if (!stat.isFile()) throw refuse("is not a regular file");
    if (process.platform !== "win32" && (stat.mode & OTHERS) !== 0) {
      throw refuse(`may be opened by every user of this machine; take that away with: chmod o= ${path}`);
    }
    if (stat.size > MAX_BYTES) throw refuse(`is larger than ${MAX_BYTES / 1024} KiB, so it is hardly a credential`);
    const text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    if (text === "") throw refuse("is empty");
    return text;
  } finally {
    closeSync(file);
  }
}

function whyNotOpened(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES") return "may not be read by the user that runs Peerglass";
  return `cannot be opened (${String(code)})`;
}
