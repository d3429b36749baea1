import { readFileSync } from "node:fs";
import {
  type JunosVia,
  readSecret,
  type SecretRef,
  type Settings,
  SettingsError,
  type SourceSettings,
} from "../settings.ts";
import type { Environment } from "../settings-environment.ts";
import { aristaEapiSource } from "./arista-eapi/source.ts";
import { birdSource } from "./bird/source.ts";
import { ciscoNxapiSource } from "./cisco-nxapi/source.ts";
import { frrSource } from "./frr/source.ts";
import type { HttpsTrust } from "./https.ts";
import { type JunosConfig, junosSource } from "./junos/source.ts";
import type { Limits, Source } from "./source.ts";

const MAX_CA_BYTES = 1024 * 1024;

/**
 * Every source that the settings name, in their order, with its credentials in hand. Opens no connection.
 *
 * @throws SettingsError with every credential or certificate file that cannot be used.
 */
export function buildSources(settings: Settings, env: Environment = process.env): Source[] {
  const limits: Limits = {
    deadlineMs: settings.poll.deadlineSec * 1000,
    maxAnswerBytes: settings.poll.maxAnswerMiB * 1024 * 1024,
  };
  const sources: Source[] = [];
  const problems: string[] = [];

  for (const device of settings.devices) {
    const seen = new Map<string, number>();
    for (const source of device.sources) {
      const count = (seen.get(source.kind) ?? 0) + 1;
      seen.set(source.kind, count);
      const id = `${device.name}/${source.kind}${count > 1 ? `-${count}` : ""}`;
      const everyMs = (source.everySec ?? settings.poll.everySec) * 1000;
      try {
        sources.push(build(source, { id, device: device.name, everyMs, limits }, env));
      } catch (cause) {
        if (!(cause instanceof SettingsError)) throw cause;
        problems.push(...cause.problems.map((problem) => `${id}: ${problem}`));
      }
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return sources;
}

interface Common {
  readonly id: string;
  readonly device: string;
  readonly everyMs: number;
  readonly limits: Limits;
}

function build(source: SourceSettings, common: Common, env: Environment): Source {
  switch (source.kind) {
    case "bird":
      return birdSource({ ...common, socket: source.socket });
    case "frr":
      return frrSource({ ...common, via: source.via });
    case "arista-eapi":
      return aristaEapiSource({ ...common, ...overHttps(source, env), login: source.login });
    case "cisco-nxapi":
      return ciscoNxapiSource({ ...common, ...overHttps(source, env) });
    case "junos": {
      const username = nameOf(source.username, env);
      return junosSource({ ...common, username, via: junosVia(source.via, env) });
    }
    default:
      return source satisfies never; // a new kind does not compile until it is placed here
  }
}

/** A user's name may be kept like a secret, but it is told to the source as text: it stands in its log-in form. */
function nameOf(username: string | SecretRef, env: Environment): string {
  return typeof username === "string" ? username : readSecret(username, env).reveal();
}

function junosVia(via: JunosVia, env: Environment): JunosConfig["via"] {
  if ("rest" in via) return { rest: via.rest, password: readSecret(via.password, env), tls: trustOf(via.tls) };
  const login =
    "password" in via.login
      ? { password: readSecret(via.login.password, env) }
      : { privateKey: readSecret(via.login.privateKey, env) };
  return { ...via, login };
}

function overHttps(source: Extract<SourceSettings, { url: string }>, env: Environment) {
  const username = nameOf(source.username, env);
  const password = readSecret(source.password, env);
  return { url: source.url, username, password, tls: trustOf(source.tls) };
}

function trustOf({ ca, ...rest }: Extract<SourceSettings, { url: string }>["tls"]): HttpsTrust {
  return ca === undefined ? rest : { ...rest, ca: readCertificate(ca) };
}

function readCertificate(path: string): string {
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    throw new SettingsError([`certificate file ${path} cannot be read (${String(code)})`], { cause });
  }
  if (pem.length > MAX_CA_BYTES || !pem.includes("-----BEGIN CERTIFICATE-----")) {
    throw new SettingsError([`certificate file ${path} holds no PEM certificate (-----BEGIN CERTIFICATE-----)`]);
  }
  return pem;
}
