import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";
import { loadSettings, type Settings, SettingsError } from "../settings.ts";
import { COMMANDS } from "./commands.ts";
import { buildSources } from "./registry.ts";

const directory = mkdtempSync(join(tmpdir(), "peerglass-registry-"));
afterAll(() => rmSync(directory, { recursive: true }));

function settings(sources: readonly object[], rest: object = {}): Settings {
  const file = join(directory, "peerglass.yaml");
  writeFileSync(file, JSON.stringify({ ...rest, devices: [{ name: "leaf-1", role: "leaf", sources }] }));
  return loadSettings({ file, env: {} }).settings;
}

function problemsOf(from: Settings, env: Record<string, string> = {}): readonly string[] {
  try {
    buildSources(from, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const EAPI = { kind: "arista-eapi", url: "https://leaf-1", username: "ops", password: { env: "LEAF" } };

test("a source's id is its device and kind, and a second of the kind is numbered", () => {
  const sources = buildSources(
    settings([
      { kind: "bird", socket: "/run/bird.ctl" },
      { kind: "frr", directory: "/run/frr" },
      { kind: "bird", socket: "/run/bird6.ctl" },
      { kind: "frr", vtysh: ["vtysh"] },
      EAPI,
    ]),
    { LEAF: "hunter2" },
  );

  expect(sources.map(({ id, kind, device }) => `${id} ${kind} ${device}`)).toEqual([
    "leaf-1/bird bird leaf-1",
    "leaf-1/frr frr leaf-1",
    "leaf-1/bird-2 bird leaf-1",
    "leaf-1/frr-2 frr leaf-1",
    "leaf-1/arista-eapi arista-eapi leaf-1",
  ]);
});

test("a source keeps its own interval, else that of poll", () => {
  const sources = [
    { kind: "bird", socket: "/a" },
    { kind: "frr", directory: "/b", everySec: 0.5 },
  ];

  expect(buildSources(settings(sources, { poll: { everySec: 7 } }), {}).map(({ everyMs }) => everyMs)).toEqual([
    7000, 500,
  ]);
});

test("no source tells its credentials, however it is looked at", () => {
  const source = buildSources(settings([EAPI]), { LEAF: "hunter2" })[0];

  expect(JSON.stringify(source) + inspect(source, { depth: 10, showHidden: true }) + source?.address).not.toContain(
    "hunter2",
  );
});

test("every credential that is missing is told at once, each with its source", () => {
  const other = {
    ...EAPI,
    url: "https://10.9.9.9",
    username: { env: "WHO" },
    password: { file: join(directory, "none") },
  };

  expect(problemsOf(settings([EAPI, other]))).toEqual([
    "leaf-1/arista-eapi: environment variable LEAF, which should hold a credential, is not set",
    "leaf-1/arista-eapi-2: environment variable WHO, which should hold a credential, is not set",
  ]);
});

test("a certificate file that holds no certificate is refused before any device is asked", () => {
  const ca = join(directory, "ca.pem");
  writeFileSync(ca, "-----BEGIN PRIVATE KEY-----");
  const env = { LEAF: "hunter2" };

  expect(problemsOf(settings([{ ...EAPI, tls: { ca } }]), env)).toEqual([
    `leaf-1/arista-eapi: certificate file ${ca} holds no PEM certificate (-----BEGIN CERTIFICATE-----)`,
  ]);
  expect(problemsOf(settings([{ ...EAPI, tls: { ca: "/nowhere.pem" } }]), env).join()).toMatch(
    /nowhere\.pem cannot be read \(ENOENT\)/,
  );
});

test("every kind of source can read saved answers, by commands that only show", () => {
  expect([...COMMANDS.keys()]).toEqual(["arista-eapi", "bird", "cisco-nxapi", "frr", "junos"]);
  for (const commands of COMMANDS.values()) {
    expect(commands.size).toBeGreaterThan(0);
    for (const command of commands.keys()) expect(command).toMatch(/^(show |get-)/);
  }
});
