import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { InventoryDevice } from "../lib/fabric/device.ts";
import { canonicalAddress } from "../lib/net/address.ts";
import { type Environment, overlayEnvironment } from "./settings-environment.ts";
import { SettingsError } from "./settings-error.ts";
import { tellIssues } from "./settings-problems.ts";
import { type SecretRef, type Settings, SettingsSchema, type SourceSettings } from "./settings-schema.ts";
import { type JsonSchema, settingsJsonSchema } from "./settings-schema-json.ts";
import { type Path, parseYaml, type YamlValue } from "./settings-yaml.ts";

export { SettingsError } from "./settings-error.ts";
export type { JunosVia, SecretRef, Settings, SourceSettings } from "./settings-schema.ts";
export { readSecret } from "./settings-secret.ts";

/** Who is in the fabric, as the operator says; addresses in their canonical form. */
export function inventoryOf({ devices }: Settings): readonly InventoryDevice[] {
  return devices.map(({ name, role, rack, addresses }) => ({
    name,
    role,
    ...(rack !== undefined && { rack }),
    ...(addresses && { addresses: addresses.flatMap((address) => canonicalAddress(address) ?? []) }),
  }));
}

const MAX_FILE_BYTES = 10 * 1024 * 1024;

/**
 * Settings from a file, the environment laid over them, defaults under them. Without `file`, `PEERGLASS_CONFIG` names
 * it; without both, the environment alone speaks. Relative paths in the file start at the file's own directory.
 *
 * @throws SettingsError with every problem that was found, each with its line or its variable.
 */
export function loadSettings(from: { readonly file?: string; readonly env: Environment }): { settings: Settings } {
  const file = from.file ?? (from.env.PEERGLASS_CONFIG || undefined);
  const yaml = file === undefined ? undefined : readYaml(file);
  const schema = once(settingsJsonSchema);

  const overlaid = overlayEnvironment(yaml?.value ?? {}, from.env, schema);
  const checked = SettingsSchema.safeParse(overlaid.value);

  const told = checked.success ? [] : tellIssues(checked.error.issues, overlaid.value, schema);
  const placed = told.map(({ path, key, text }) => {
    const variable = overlaid.nameOf(key === undefined ? path : [...path, key]);
    const line = variable === undefined && yaml ? lineOf(yaml, path, key) : undefined;
    return {
      line: line ?? 0,
      text: variable ? `${variable}: ${text}` : line && file ? `${file}:${line}: ${text}` : text,
    };
  });
  const problems = [...overlaid.problems, ...placed.sort((a, b) => a.line - b.line).map(({ text }) => text)];
  if (!checked.success || problems.length > 0) throw new SettingsError(problems);

  return { settings: withAbsolutePaths(checked.data, file === undefined ? process.cwd() : dirname(resolve(file))) };
}

function readYaml(file: string): YamlValue {
  let text: string;
  try {
    if (statSync(file).size > MAX_FILE_BYTES) {
      throw new SettingsError([`${file} is larger than 10 MB; a configuration of 20,000 devices is smaller`]);
    }
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof SettingsError) throw cause;
    throw new SettingsError([`${file} ${whyNotRead(cause)}`], { cause });
  }
  const yaml = parseYaml(text);
  if ("value" in yaml) return yaml;
  throw new SettingsError(yaml.map((problem) => `${file}:${problem.line}: ${problem.text}`));
}

function lineOf(yaml: YamlValue, path: Path, key: string | undefined): number {
  return key === undefined ? yaml.lineOf(path) : yaml.lineOfKey(path, key);
}

function whyNotRead(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT")
    return "does not exist; write one (docs/configuration.md), or start without --config for the demo";
  if (code === "EACCES") return "may not be read by the user that runs Peerglass";
  if (code === "EISDIR") return "is a directory; name the file in it";
  return `cannot be read (${String(code)})`;
}

function withAbsolutePaths(settings: Settings, base: string): Settings {
  const at = (path: string) => resolve(base, path);
  const ref = <T extends SecretRef | string>(value: T) =>
    typeof value === "object" && "file" in value ? { file: at(value.file) } : value;

  const absolute = (source: SourceSettings): SourceSettings => {
    switch (source.kind) {
      case "bird":
        return { ...source, socket: at(source.socket) };
      case "frr":
        return "directory" in source.via ? { ...source, via: { directory: at(source.via.directory) } } : source;
      case "arista-eapi":
      case "cisco-nxapi": {
        const { ca } = source.tls;
        const tls = ca === undefined ? source.tls : { ...source.tls, ca: at(ca) };
        return { ...source, username: ref(source.username), password: ref(source.password), tls };
      }
      case "junos": {
        const { via } = source;
        const username = ref(source.username);
        if ("netconf" in via) {
          const login =
            "password" in via.login ? { password: ref(via.login.password) } : { privateKey: ref(via.login.privateKey) };
          return { ...source, username, via: { ...via, login } };
        }
        const { ca } = via.tls;
        const tls = ca === undefined ? via.tls : { ...via.tls, ca: at(ca) };
        return { ...source, username, via: { ...via, password: ref(via.password), tls } };
      }
      default:
        return source satisfies never;
    }
  };
  const devices = settings.devices.map((device) => ({ ...device, sources: device.sources.map(absolute) }));
  return { ...settings, devices };
}

function once(make: () => JsonSchema): () => JsonSchema {
  let made: JsonSchema | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
