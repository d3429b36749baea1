import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadSettings, SettingsError } from "./settings.ts";

const directory = mkdtempSync(join(tmpdir(), "peerglass-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;

function write(text: string): string {
  files += 1;
  const file = join(directory, `${files}.yaml`);
  writeFileSync(file, text);
  return file;
}

/** What is told of `text`, with the file's name cut off: `LINE: sentence`. */
function problemsOf(text: string, env: Record<string, string> = {}): string[] {
  const file = write(text);
  try {
    loadSettings({ file, env });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map((problem) => problem.replace(`${file}:`, ""));
    throw error;
  }
  return [];
}

const LEAF = `
devices:
  - name: leaf-1
    role: leaf
    sources:
`;

const TWO_BIRDS = `${LEAF}      - { kind: bird, socket: /run/a.ctl }\n      - { kind: bird, socket: /run/a.ctl }\n`;
const TWO_EAPIS = `${["leaf-1", "leaf-2"]
  .map(
    (name, i) => `  - name: ${name}
    role: leaf
    sources:
      - kind: arista-eapi
        url: https://10.0.0.1${i === 0 ? "" : ":443/"}
        username: u
        password: { env: P }
`,
  )
  .join("")}`;

const REFUSED: readonly (readonly [rule: string, text: string, ...told: RegExp[]])[] = [
  [
    "a key that is not known, with its own line and the key that was meant",
    `${LEAF}      - kind: bird\n        sokcet: /run/bird.ctl\n`,
    /^6: devices\.0\.sources\.0\.socket is missing$/,
    /^7: devices\.0\.sources\.0\.sokcet is not a known key; did you mean socket\?$/,
  ],
  [
    "a key that resembles none, with those that are known",
    "pole: {}\nzzzzzz: 1\n",
    /^1: pole .*mean poll\?/,
    /^2: zzzzzz .*known here: fabric, listen, poll, devices/,
  ],
  [
    "one socket asked twice for a device",
    TWO_BIRDS,
    /^7: devices\.0\.sources\.1 asks \/run\/a\.ctl, as devices\.0\.sources\.0 does already; one daemon tells of one device/,
  ],
  [
    "one switch asked for two devices, however its URL is written",
    `devices:\n${TWO_EAPIS}`,
    /^12: devices\.1\.sources\.0 asks https:\/\/10\.0\.0\.1, as devices\.0\.sources\.0 does already/,
  ],
  [
    "a Junos device reached both ways, or by neither",
    `${LEAF}      - { kind: junos, username: u, password: { env: P }, netconf: leaf-1, rest: "https://leaf-1" }\n      - { kind: junos, username: u, password: { env: P } }\n`,
    /^6: devices\.0\.sources\.0 needs exactly one of netconf and rest$/,
    /^7: devices\.0\.sources\.1 needs exactly one of netconf and rest$/,
  ],
  [
    "what belongs to the other way of reaching a Junos device",
    `${LEAF}      - { kind: junos, username: u, password: { env: P }, netconf: leaf-1, tls: { serverName: x } }\n      - { kind: junos, username: u, password: { env: P }, rest: "https://leaf-2", privateKey: { env: K } }\n`,
    /^6: .*tls belongs to rest; of netconf the host key is pinned/,
    /^7: .*hostKey and privateKey belong to netconf/,
  ],
  [
    "NETCONF at what is no place, with no key or two",
    `${LEAF}      - { kind: junos, username: u, password: { env: P }, netconf: "leaf-1:99999" }\n      - { kind: junos, username: u, netconf: leaf-2, hostKey: "SHA256:x" }\n      - { kind: junos, username: u, netconf: leaf-3 }\n`,
    /^6: .*netconf must be HOST or HOST:PORT/,
    /^7: .*hostKey must be SHA256: and 43 characters/,
    /^8: .*needs exactly one of password and privateKey$/,
  ],
  [
    "a key of another kind of source",
    `${LEAF}      - { kind: bird, socket: s, url: "https://x" }\n`,
    /url is not a known key; known here: kind, socket, everySec/,
  ],
  [
    "a kind that is not known, with those that are",
    `${LEAF}      - kind: gobgp\n`,
    /^6: devices\.0\.sources\.0\.kind must be one of bird, frr, arista-eapi, cisco-nxapi, junos$/,
  ],
  ["a source without a kind", `${LEAF}      - socket: x\n`, /^6: devices\.0\.sources\.0\.kind is missing$/],
  [
    "a role that is not known",
    "devices:\n  - name: a\n    role: tor\n",
    /^3: devices\.0\.role must be one of spine, leaf, node, border, route-reflector$/,
  ],
  ["a missing role, at the device", "devices:\n  - name: a\n", /^2: devices\.0\.role is missing$/],
  ["text where a number is wanted", "listen:\n  port: http\n", /^2: listen\.port must be a number$/],
  ["a port out of range", "listen:\n  port: 65536\n", /^2: listen\.port must be at most 65535$/],
  ["an interval that would flood a device", "poll:\n\n  everySec: 0.05\n", /^3: poll\.everySec must be at least 0\.2$/],
  ["a truth that is a word", "fabric:\n  demo: sometimes\n", /^2: fabric\.demo must be true or false$/],
  ["a map where a list is wanted", "devices:\n  leaf-1: {}\n", /^1: devices must be a list$/],
  ["a file that is a list", "- a\n", /^1: the file must be a map of keys and values$/],
  [
    "two devices of one name, in any case of letters",
    "devices:\n  - { name: a, role: leaf }\n  - { name: b, role: leaf }\n  - { name: A, role: node }\n",
    /^4: devices\.2\.name A is already the name of devices\.0/,
  ],
  [
    "a name that would break an id",
    "devices:\n  - { name: a/b, role: leaf }\n",
    /^2: devices\.0\.name must be 1 to 63 letters/,
  ],
  [
    "a name of 64 characters",
    `devices:\n  - { name: ${"a".repeat(64)}, role: leaf }\n`,
    /^2: devices\.0\.name must be 1 to 63 letters/,
  ],
  [
    "frr with neither way in",
    `${LEAF}      - kind: frr\n`,
    /^6: devices\.0\.sources\.0 needs exactly one of directory and vtysh$/,
  ],
  [
    "frr with both ways in",
    `${LEAF}      - { kind: frr, directory: /run/frr, vtysh: [vtysh] }\n`,
    /needs exactly one of directory and vtysh$/,
  ],
  ["a key that stands twice", "poll:\n  everySec: 1\n  everySec: 2\n", /^3: the same key stands here twice/],
  ["a second document", "poll: {}\n---\npoll: {}\n", /^2: a second document begins here/],
  ["a bracket that is not closed", "fabric: { name: x\n", /^2: .*a bracket there is not closed$/],
  ["a tab as indentation", "poll:\n\teverySec: 1\n", /^2: a tab is used as indentation/],
  ["a tag", "fabric: !!js/function x\n", /^1: tags \(!name\) are not used/],
  ["a key named __proto__", "__proto__: { x: 1 }\n", /^1: __proto__ is not a known key/],
  [
    "an address beyond loopback without the flag",
    "listen:\n  host: 0.0.0.0\n",
    /^2: listen\.host 0\.0\.0\.0 can be reached from other machines.*allowRemote: true/,
  ],
  [
    "an address that begins like loopback",
    "listen: { host: 127.0.0.1.example.net }\n",
    /must be an IP address, or localhost/,
  ],
];

describe("refused, each with its line:", () => {
  test.each(REFUSED.map(([rule, text, ...told]) => ({ rule, text, told })))("$rule", ({ text, told }) => {
    const problems = problemsOf(text);

    expect(problems).toHaveLength(told.length);
    for (const [index, pattern] of told.entries()) expect(problems[index]).toMatch(pattern);
  });
});

describe("a credential in clear is refused, and never repeated", () => {
  const eapi = (rest: string) =>
    `${LEAF}      - kind: arista-eapi\n        url: https://leaf-1\n        username: ops\n${rest}`;

  test.each([
    [
      "as password",
      eapi("        password: hunter2\n"),
      /^9: .*password must not stand here in clear: write \{ env: NAME \}/,
    ],
    [
      "in a map of a wrong key",
      eapi("        password: { literal: hunter2 }\n"),
      /password\.literal is not a known key/,
    ],
    [
      "in the URL",
      eapi("        password: { env: P }\n").replace("//leaf-1", "//ops:hunter2@leaf-1"),
      /url must hold no credentials/,
    ],
    ["on a line that is not YAML", eapi("        password: *hunter2\n"), /^9: an alias/],
    ["on another line that is not YAML", eapi('        password: "hunter2\n'), /^\d+: a quote/],
    [
      "as name of a variable",
      eapi('        password: { env: "hunter2!" }\n'),
      /password\.env must be the name of an environment variable/,
    ],
  ])("%s", (_where, text, told) => {
    const problems = problemsOf(text);

    expect(problems.join("\n")).toMatch(told);
    expect(problems.join("\n")).not.toContain("hunter2");
  });

  test("a plain http:// URL is refused, for credentials would travel in clear", () => {
    expect(problemsOf(eapi("        password: { env: P }\n").replace("https:", "http:")).join()).toMatch(
      /url must begin with https/,
    );
  });

  test("a URL with a path is refused, for the path would be ignored", () => {
    const withPath = eapi("        password: { env: P }\n").replace("//leaf-1", "//leaf-1/proxy");
    expect(problemsOf(withPath).join()).toMatch(/^7: .*url must end after host and port/);
  });

  test("a credential names its variable or its file, not both and not neither", () => {
    expect(problemsOf(eapi("        password: {}\n"))).toEqual([
      "9: devices.0.sources.0.password needs exactly one of env and file",
    ]);
    expect(problemsOf(eapi("        password: { env: P, file: f }\n"))).toHaveLength(1);
  });
});

describe("files that are meant to hurt", () => {
  test("a bomb of aliases is refused before it unfolds", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi".split("").map((name, index) => {
        const before = "abcdefgh"[index];
        return `${name}: &${name} [${Array(10).fill(`*${before}`).join(",")}]`;
      }),
    ].join("\n");

    expect(problemsOf(bomb)).toEqual(["1: the file repeats itself by aliases (*name) more than 100 times"]);
  });

  test.each([
    ["brackets", `a: 1\n${"[".repeat(5_000_000)}`],
    ["brackets over lines", `a: 1\nb: ${"[".repeat(10)}${"\n [".repeat(500_000)}`],
    ["dashes", `a: 1\nb:\n${"- ".repeat(2_000_000)}x`],
  ])("a nesting of %s without end is refused, before it takes the memory", (_what, text) => {
    expect(problemsOf(text).join()).toMatch(/^\d+: the file is nested too deeply to be read$/);
  });

  test("a file over 10 MB is refused unread", () => {
    const file = write("");
    truncateSync(file, 10 * 1024 * 1024 + 1);

    expect(() => loadSettings({ file, env: {} })).toThrow(/larger than 10 MB/);
  });

  test("a thousand mistakes are told as fifty, and the rest counted", () => {
    const text = Array.from({ length: 1000 }, (_, index) => `key${index}: 1`).join("\n");

    expect(() => loadSettings({ file: write(text), env: {} })).toThrow(/and 950 more/);
  });

  test("control characters of a key do not reach the terminal", () => {
    expect(problemsOf('"a\\e[31mb": 1\n').join()).toMatch(/^1: a\?\[31mb is not/);
  });
});

describe("accepted:", () => {
  test("an empty file gives the defaults, and no devices", () => {
    expect(loadSettings({ file: write(""), env: {} }).settings).toEqual({
      fabric: { name: "fabric", demo: false },
      listen: { host: "127.0.0.1", port: 3000, allowRemote: false },
      poll: { everySec: 5, deadlineSec: 10, maxAnswerMiB: 8 },
      devices: [],
    });
  });

  test("every kind of source, with relative paths taken from the file's directory", () => {
    const { settings } = loadSettings({
      file: write(`
devices:
  - name: leaf-1
    role: leaf
    rack: r1
    sources:
      - { kind: bird, socket: bird.ctl, everySec: 1 }
      - { kind: frr, directory: /run/frr }
      - { kind: frr, vtysh: [docker, exec, frr, vtysh] }
      - { kind: arista-eapi, url: "https://leaf-1", username: ops, password: { file: secret }, tls: { ca: ca.pem } }
`),
      env: {},
    });

    expect(settings.devices[0]?.sources).toEqual([
      { kind: "bird", socket: join(directory, "bird.ctl"), everySec: 1 },
      { kind: "frr", via: { directory: "/run/frr" } },
      { kind: "frr", via: { vtysh: ["docker", "exec", "frr", "vtysh"] } },
      {
        kind: "arista-eapi",
        url: "https://leaf-1",
        username: "ops",
        password: { file: join(directory, "secret") },
        login: "basic",
        tls: { ca: join(directory, "ca.pem") },
      },
    ]);
  });

  test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])(
    "%s as address to listen on, for it is loopback",
    (host) => {
      expect(loadSettings({ file: write(`listen: { host: "${host}" }`), env: {} }).settings.listen.host).toBe(host);
    },
  );

  test("an address beyond loopback, once allowRemote accepts it", () => {
    expect(problemsOf("listen: { host: 0.0.0.0, allowRemote: true }")).toEqual([]);
  });

  test("no file at all: the environment alone speaks", () => {
    expect(loadSettings({ env: { PORT: "8080" } }).settings.listen.port).toBe(8080);
  });

  test("PEERGLASS_CONFIG names the file, and an option names it before that", () => {
    const env = { PEERGLASS_CONFIG: write("fabric: { name: by-variable }") };

    expect(loadSettings({ env }).settings.fabric.name).toBe("by-variable");
    expect(loadSettings({ env, file: write("fabric: { name: by-option }") }).settings.fabric.name).toBe("by-option");
  });

  test("a file that is missing is told, with the way out", () => {
    expect(() => loadSettings({ file: join(directory, "nowhere.yaml"), env: {} })).toThrow(
      /nowhere\.yaml does not exist/,
    );
  });
});
