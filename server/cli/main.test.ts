import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

/** The command line as a program: what it prints, where, and how it ends. */
const directory = mkdtempSync(join(tmpdir(), "peerglass-cli-"));
afterAll(() => rmSync(directory, { recursive: true }));

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

function peerglass(args: readonly string[], input = "", env: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", MAIN, ...args],
    {
      cwd: directory,
      input,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", ...env },
    },
  );
  return { stdout, stderr, status };
}

function write(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

/** As `birdc show protocols all` prints it. */
const BIRD = `BIRD 2.0.12 ready.
Name       Proto      Table      State  Since         Info
tor1       BGP        ---        start  2026-11-24    Active        Socket: Connection refused
  BGP state:          Active
    Neighbor address: 10.20.1.0
    Neighbor AS:      65101
    Local AS:         64512
    Connect delay:    2.131/5
    Last error:       Socket: Connection refused
`;

describe("read", () => {
  test("prints our model of a saved answer as JSON", () => {
    const { stdout, stderr, status } = peerglass(["read", "bird", " show  protocols all", write("out.txt", BIRD)]);

    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toContain('"neighborAddress": "10.20.1.0"');
    expect(JSON.parse(stdout)).toBeTruthy();
  });

  test("takes standard input for -, and the device's name as told", () => {
    const { stdout, status } = peerglass(["read", "bird", "show protocols all", "-", "--device", "node-7"], BIRD);

    expect(status).toBe(0);
    expect(stdout).toContain('"device": "node-7"');
  });

  test.each([
    [["read"], /name a source: arista-eapi, bird, cisco-nxapi, frr, junos/],
    [["read", "gobgp", "show"], /gobgp is no kind of source; known are arista-eapi, bird, cisco-nxapi, frr, junos/],
    [["read", "bird"], /name a command; of bird these are:\n {2}show /],
    [["read", "bird", "configure"], /"configure" is not read; of bird these are:\n {2}show /],
    [["read", "bird", "show protocols all", "nowhere.txt"], /nowhere\.txt does not exist/],
    [["read", "bird", "show protocols all", "."], /\. is a directory/],
    [["read", "frr", "show bgp vrf all summary json", "-"], /device gave an answer that we cannot read/],
    [["read", "arista-eapi", "show ip bgp summary vrf all", "-"], /device gave an answer that we cannot read/],
  ])("%j ends with code 2, a sentence on standard error and nothing on standard output", (args, told) => {
    const { stdout, stderr, status } = peerglass(args, "{ cut off");

    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toMatch(told);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
  });

  test("control characters of an answer reach no terminal, neither in the model nor in the error", () => {
    const { stdout, stderr } = peerglass(
      ["read", "bird", "show protocols all", "-"],
      BIRD.replace("refused\n", "\u001b[2Jrefused\n"),
    );

    expect(stdout + stderr).not.toContain("\u001b");
  });

  test("--list names every command of every source", () => {
    const { stdout, status } = peerglass(["read", "--list"]);

    expect(status).toBe(0);
    for (const kind of ["arista-eapi", "bird", "cisco-nxapi", "frr", "junos"])
      expect(stdout).toMatch(new RegExp(`^${kind} "(show |get-)`, "m"));
  });
});

describe("start --check-config", () => {
  const SOUND = "devices:\n  - { name: a, role: node, sources: [{ kind: bird, socket: bird.ctl }] }\n";

  test("says that a sound file is sound, and asks no device", () => {
    const { stdout, status } = peerglass(["start", "--check-config", "--config", write("sound.yaml", SOUND)]);

    expect({ stdout, status }).toEqual({
      stdout: `${directory}/sound.yaml is sound: 1 device, 1 source.\n`,
      status: 0,
    });
  });

  test("names every problem with its line, and ends with code 1", () => {
    const file = write("wrong.yaml", "fabric: { nam: x }\npoll:\n  everySec: 0\n");
    const { stdout, stderr, status } = peerglass(["start", "--check-config", "--config", file]);

    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toContain(`${file}:1: fabric.nam is not a known key; did you mean name?\n`);
    expect(stderr).toContain(`${file}:3: poll.everySec must be at least 0.2\n`);
  });

  test("reads the credentials too, and does not print them", () => {
    const file = write(
      "eapi.yaml",
      "devices:\n  - { name: a, role: leaf, sources: [{ kind: arista-eapi, url: 'https://a', username: ops, password: { env: A_PASSWORD } }] }\n",
    );
    const without = peerglass(["start", "--check-config", "--config", file]);
    const withIt = peerglass(["start", "--check-config", "--config", file], "", { A_PASSWORD: "hunter2" });

    expect(without.stderr).toContain(
      "a/arista-eapi: environment variable A_PASSWORD, which should hold a credential, is not set",
    );
    expect(without.status).toBe(1);
    expect(withIt.status).toBe(0);
    expect(withIt.stdout + withIt.stderr).not.toContain("hunter2");
  });

  test("an address beyond loopback needs --allow-remote", () => {
    const file = write("remote.yaml", "listen: { host: 0.0.0.0 }\n");

    expect(peerglass(["start", "--check-config", "--config", file]).stderr).toContain("--allow-remote");
    expect(peerglass(["start", "--check-config", "--allow-remote", "--config", file]).status).toBe(0);
  });

  test("without any file there is nothing to check", () => {
    expect(peerglass(["start", "--check-config"]).stderr).toContain("there is nothing to check");
  });
});

describe("every command", () => {
  test.each([[[]], [["start"]], [["demo"]], [["snapshot"]], [["read"]], [["schema"]]])(
    "%j answers --help",
    (command) => {
      const { stdout, status } = peerglass([...command, "--help"]);

      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: peerglass/);
    },
  );

  test("an option that is not known is refused in one line", () => {
    const { stderr, status } = peerglass(["start", "--prot", "1"]);

    expect({ stderr, status }).toEqual({
      stderr: "error: unknown option '--prot'\n(Did you mean --port?)\n",
      status: 1,
    });
  });

  test("snapshot says when no console answers", () => {
    const { stderr, status } = peerglass(["snapshot"], "", { PORT: "1" });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^peerglass: no console answers at http:\/\/127\.0\.0\.1:1 /);
  });

  test("snapshot --config joins what the devices say, and gives a silent one's reason", () => {
    const file = write(
      "silent.yaml",
      "devices:\n  - { name: node-1, role: node, sources: [{ kind: bird, socket: none.ctl }] }\n",
    );
    const { stdout, status } = peerglass(["snapshot", "--config", file]);
    const told = JSON.parse(stdout) as { sources: { id: string; state: string; error: { reason: string } }[] };

    expect(status).toBe(0);
    expect(told.sources).toMatchObject([{ id: "node-1/bird", state: "failing", error: { reason: "no-daemon" } }]);
  });
});
