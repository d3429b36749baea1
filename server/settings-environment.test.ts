import { expect, test } from "vitest";
import { loadSettings, SettingsError } from "./settings.ts";
import { overlayEnvironment } from "./settings-environment.ts";
import { settingsJsonSchema } from "./settings-schema-json.ts";

const load = (env: Record<string, string>) => loadSettings({ env }).settings;

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("a variable is a path in capitals, in any case of letters, and becomes what the key wants", () => {
  const { listen, poll, fabric } = load({
    PEERGLASS_LISTEN_PORT: "8080",
    peerglass_poll_everysec: "0.5",
    PEERGLASS_LISTEN_ALLOWREMOTE: "TRUE",
    PEERGLASS_FABRIC_NAME: "2026",
  });

  expect([listen.port, poll.everySec, listen.allowRemote, fabric.name]).toEqual([8080, 0.5, true, "2026"]);
});

test("a whole device can be told by variables", () => {
  const { devices } = load({
    PEERGLASS_DEVICES_0_NAME: "leaf-1",
    PEERGLASS_DEVICES_0_ROLE: "leaf",
    PEERGLASS_DEVICES_0_SOURCES_0_KIND: "arista-eapi",
    PEERGLASS_DEVICES_0_SOURCES_0_URL: "https://leaf-1",
    PEERGLASS_DEVICES_0_SOURCES_0_USERNAME: "ops",
    PEERGLASS_DEVICES_0_SOURCES_0_PASSWORD_ENV: "LEAF_PASSWORD",
    PEERGLASS_DEVICES_0_SOURCES_0_TLS_SERVERNAME: "leaf",
    PEERGLASS_DEVICES_0_SOURCES_1_KIND: "frr",
    PEERGLASS_DEVICES_0_SOURCES_1_VTYSH_0: "sudo",
    PEERGLASS_DEVICES_0_SOURCES_1_VTYSH_1: "vtysh",
  });

  expect(devices).toEqual([
    {
      name: "leaf-1",
      role: "leaf",
      sources: [
        {
          kind: "arista-eapi",
          url: "https://leaf-1",
          username: "ops",
          password: { env: "LEAF_PASSWORD" },
          login: "basic",
          tls: { serverName: "leaf" },
        },
        { kind: "frr", via: { vtysh: ["sudo", "vtysh"] } },
      ],
    },
  ]);
});

test("a list may come whole, as JSON or YAML, and single keys of it still win", () => {
  const { devices } = load({
    PEERGLASS_DEVICES: '[{"name":"a","role":"leaf"},{"name":"b","role":"leaf"}]',
    PEERGLASS_DEVICES_1_ROLE: "spine",
  });

  expect(devices.map(({ name, role }) => `${name} ${role}`)).toEqual(["a leaf", "b spine"]);
});

test("the environment wins over the file, and leaves the file's value as it was", () => {
  const file = { poll: { everySec: 5, deadlineSec: 7 } };
  const { value } = overlayEnvironment(file, { PEERGLASS_POLL_EVERYSEC: "1" }, settingsJsonSchema);

  expect(value).toEqual({ poll: { everySec: 1, deadlineSec: 7 } });
  expect(file.poll.everySec).toBe(5);
});

test("PORT wins over PEERGLASS_LISTEN_PORT", () => {
  expect(load({ PORT: "4000", PEERGLASS_LISTEN_PORT: "5000" }).listen.port).toBe(4000);
});

test.each([
  [
    "PEERGLASS_LISTEN_PROT",
    "1",
    /^PEERGLASS_LISTEN_PROT: names no setting: PROT stands after listen where HOST, PORT, ALLOWREMOTE/,
  ],
  ["PEERGLASS_", "1", /^PEERGLASS_: names no setting: nothing stands where FABRIC/],
  ["PEERGLASS_POLL_EVERYSEC_MS", "1", /MS stands after poll\.everySec where nothing more is expected/],
  ["PEERGLASS_DEVICES_LEAF_NAME", "x", /LEAF stands after devices where a number is expected/],
  ["PEERGLASS_DEVICES_2_NAME", "x", /^PEERGLASS_DEVICES_2_NAME: devices has 0 entries, so the next is 0, not 2/],
  ["PEERGLASS_POLL_EVERYSEC", "often", /^PEERGLASS_POLL_EVERYSEC: poll\.everySec must be a number/],
  ["PEERGLASS_POLL_EVERYSEC", "", /^PEERGLASS_POLL_EVERYSEC: poll\.everySec must be a number/],
  ["PEERGLASS_LISTEN_HOST", "0.0.0.0", /^PEERGLASS_LISTEN_HOST: listen\.host 0\.0\.0\.0 can be reached/],
  ["PORT", "70000", /^PORT: listen\.port must be at most 65535/],
  ["PEERGLASS___PROTO___X", "1", /names no setting/],
])("%s=%s is refused, and the variable named", (name, value, told) => {
  const problems = problemsOf({ [name]: value });

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(told);
});

test("variables that are not settings are left alone", () => {
  expect(problemsOf({ PEERGLASS_SHARED: "/captures", PEERGLASSES: "x", PATH: "/bin" })).toEqual([]);
});

test("a credential given as a variable's value is refused, and never repeated", () => {
  const problems = problemsOf({
    PEERGLASS_DEVICES_0_NAME: "a",
    PEERGLASS_DEVICES_0_ROLE: "leaf",
    PEERGLASS_DEVICES_0_SOURCES_0_KIND: "arista-eapi",
    PEERGLASS_DEVICES_0_SOURCES_0_URL: "https://a",
    PEERGLASS_DEVICES_0_SOURCES_0_USERNAME: "ops",
    PEERGLASS_DEVICES_0_SOURCES_0_PASSWORD: "hunter2",
  }).join("\n");

  expect(problems).toMatch(/^PEERGLASS_DEVICES_0_SOURCES_0_PASSWORD: .*must not stand here in clear/);
  expect(problems).not.toContain("hunter2");
});
