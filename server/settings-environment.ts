import { parse } from "yaml";
import type { JsonSchema } from "./settings-schema-json.ts";
import type { Path } from "./settings-yaml.ts";

/**
 * Every key of `peerglass.yaml` as an environment variable: its path in capitals, joined by `_`, after `PEERGLASS_`.
 * `PEERGLASS_POLL_EVERYSEC=2`, `PEERGLASS_DEVICES_0_SOURCES_0_SOCKET=/run/bird.ctl`. The environment wins over the file.
 */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface FromEnvironment {
  readonly value: unknown;
  /** Name of the variable that gave the value at `path`, if one did. */
  nameOf(path: Path): string | undefined;
  /** One line each, naming the variable. */
  readonly problems: readonly string[];
}

/** Read elsewhere: where the configuration file stands, and where the test captures do. */
const NOT_SETTINGS = new Set(["PEERGLASS_CONFIG", "PEERGLASS_SHARED"]);

type Branch = Record<string, unknown> | unknown[];

/** `fileValue` with the environment laid over it; `fileValue` itself stays as it is. */
export function overlayEnvironment(fileValue: unknown, env: Environment, schema: () => JsonSchema): FromEnvironment {
  const names = Object.keys(env)
    .filter((name) => name.toUpperCase().startsWith("PEERGLASS_") && !NOT_SETTINGS.has(name.toUpperCase()))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1)); // a whole list first, then single keys of it
  if (names.length === 0 && env.PORT === undefined) return { value: fileValue, nameOf: () => undefined, problems: [] };

  const value: unknown = fileValue === undefined || fileValue === null ? {} : structuredClone(fileValue);
  const origins = new Map<string, string>();
  const problems: string[] = [];
  if (!isBranch(value) || Array.isArray(value)) return { value, nameOf: () => undefined, problems };

  const root = schema();
  for (const name of names) {
    const target = resolve(root, name.toUpperCase().split("_").slice(1));
    if (typeof target === "string") problems.push(`${name}: ${target}`);
    else place(name, target.path, scalar(env[name] ?? "", target.schemas));
  }
  if (env.PORT !== undefined) place("PORT", ["listen", "port"], scalar(env.PORT, [{ type: "integer" }]));

  return { value, nameOf: (path) => nearest(origins, path), problems };

  function place(name: string, path: Path, leaf: unknown): void {
    const refused = put(value as Branch, path, leaf);
    if (refused) problems.push(`${name}: ${refused}`);
    else origins.set(path.join("."), name);
  }
}

/** The path that `segments` name, and what may stand there; a sentence when they name nothing. */
function resolve(root: JsonSchema, segments: readonly string[]): { path: Path; schemas: JsonSchema[] } | string {
  const path: (string | number)[] = [];
  let schemas = variants(root);
  for (const segment of segments) {
    const asIndex = /^\d{1,5}$/.test(segment) ? Number(segment) : undefined;
    const items = schemas.flatMap(({ items }) => (items ? [items] : []));
    if (asIndex !== undefined && items.length > 0) {
      path.push(asIndex);
      schemas = items.flatMap(variants);
      continue;
    }
    const fields = schemas.flatMap(({ properties }) => Object.entries(properties ?? {}));
    const found = fields.filter(([key]) => key.toUpperCase() === segment);
    const [first] = found;
    if (!first) {
      const known = items.length > 0 ? "a number" : [...new Set(fields.map(([key]) => key.toUpperCase()))].join(", ");
      const after = path.length > 0 ? ` after ${path.join(".")}` : "";
      return `names no setting: ${segment || "nothing"} stands${after} where ${known || "nothing more"} is expected`;
    }
    path.push(first[0]);
    schemas = found.flatMap(([, schema]) => variants(schema));
  }
  return { path, schemas };
}

function variants(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []).flatMap(variants), ...(schema.oneOf ?? []).flatMap(variants)];
}

/** A variable is text; what it must become is told by the schema. What does not fit stays text, and zod refuses it. */
function scalar(text: string, schemas: readonly JsonSchema[]): unknown {
  const types = new Set(schemas.map(({ type }) => type));
  if (types.has("string")) return text;
  if ((types.has("number") || types.has("integer")) && /^[+-]?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  if (types.has("boolean") && /^(true|false)$/i.test(text.trim())) return text.trim().toLowerCase() === "true";
  if (types.has("array") || types.has("object")) {
    try {
      return parse(text, { maxAliasCount: 0, prettyErrors: false });
    } catch {
      return text;
    }
  }
  return text;
}

/** @returns a sentence when the path skips places of a list. */
function put(root: Branch, path: Path, leaf: unknown): string | undefined {
  let branch = root;
  for (const [depth, step] of path.entries()) {
    const key = String(step);
    if (Array.isArray(branch) && typeof step === "number" && step > branch.length) {
      return `${path.slice(0, depth).join(".")} has ${branch.length} entries, so the next is ${branch.length}, not ${step}`;
    }
    if (depth === path.length - 1) {
      (branch as Record<string, unknown>)[key] = leaf;
      return undefined;
    }
    let next = (branch as Record<string, unknown>)[key];
    if (!isBranch(next)) {
      next = typeof path[depth + 1] === "number" ? [] : {};
      (branch as Record<string, unknown>)[key] = next;
    }
    branch = next as Branch;
  }
  return undefined;
}

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null;
}

function nearest(origins: ReadonlyMap<string, string>, path: Path): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const name = origins.get(path.slice(0, length).join("."));
    if (name) return name;
  }
  return undefined;
}
