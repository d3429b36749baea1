import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Demo, startDemo } from "./demo.ts";

let demo: Demo;
const directory = mkdtempSync(join(tmpdir(), "pg-demo-"));
interface Config {
  fabric: { demo: boolean };
  devices: { name: string; role: string; sources: { kind: string; url?: string; socket?: string; login?: string }[] }[];
}
let config: Config;

beforeAll(async () => {
  demo = await startDemo({
    directory,
    size: { spines: 1, racks: 1, nodesPerRack: 2 },
    seed: 1,
    paused: true,
    speed: 1,
    everySec: 1,
  });
  config = parse(readFileSync(demo.config, "utf8")) as Config;
});
afterAll(async () => {
  await demo.close();
  rmSync(directory, { recursive: true, force: true });
});

const sourceOf = (name: string) =>
  config.devices.find((device) => device.name === name)?.sources[0] ?? { kind: "none" };

describe("a switch speaks eAPI as EOS does", () => {
  const trusting = () => new Agent({ connect: { ca: readFileSync(join(directory, "ca.pem"), "utf8") } });
  const password = () => readFileSync(join(directory, "password"), "utf8").trim();
  const basic = () =>
    `Basic ${Buffer.from(`${readFileSync(join(directory, "username"), "utf8").trim()}:${password()}`).toString("base64")}`;

  async function post(path: string, body: unknown, headers: Record<string, string> = { authorization: basic() }) {
    const answer = await request(`${sourceOf("leaf-1").url}${path}`, {
      method: "POST",
      dispatcher: trusting(),
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text, json: () => JSON.parse(text) };
  }

  const run = (...cmds: unknown[]) => ({
    jsonrpc: "2.0",
    id: "7",
    method: "runCmds",
    params: { version: 1, format: "json", cmds },
  });

  test("results come in the order of the commands, under the id of the question", async () => {
    const { json } = await post("/command-api", run("show version", "show bgp neighbors vrf all"));
    const { id, result } = json();
    expect(id).toBe("7");
    expect(result[0].version).toMatch(/^4\./);
    expect(result[1].vrfs.default.peerList).toHaveLength(3);
    expect(result[1].vrfs.default.peerList[0]).toMatchObject({
      state: "Established",
      establishedTransitions: expect.any(Number),
    });
  });

  test("a bad command stops the batch, and what ran before it is in the error's data", async () => {
    const { json } = await post("/command-api", run("show version", "show me", "show hostname"));
    const { error } = json();
    expect(error).toMatchObject({ code: 1002, message: "CLI command 2 of 3 'show me' failed: invalid command" });
    expect(error.data).toHaveLength(2);
    expect(error.data[1].errors[0]).toMatch(/Invalid input/);
  });

  test.each(["configure", "reload now", "write memory", "bash rm -rf /", "clear bgp *"])(
    "%s is not to be had: the demo changes nothing",
    async (command) => {
      const { json } = await post("/command-api", run("enable", command));
      expect(json().error.code).toBe(1002);
    },
  );

  test("without the right credentials there is a 401 and no JSON-RPC", async () => {
    for (const authorization of ["", `Basic ${Buffer.from("peerglass:wrong").toString("base64")}`, "Bearer x"]) {
      const { status, text } = await post("/command-api", run("show version"), authorization ? { authorization } : {});
      expect(status).toBe(401);
      expect(text).not.toContain("jsonrpc");
    }
  });

  test("a session is a cookie named Session that log-out ends", async () => {
    const username = readFileSync(join(directory, "username"), "utf8").trim();
    const login = await post("/login", { username, password: password() }, {});
    expect(login.status).toBe(200);
    const cookie = String(login.headers["set-cookie"]).split(";")[0] ?? "";
    expect(cookie).toMatch(/^Session=.{20,}/);
    expect((await post("/command-api", run("show version"), { cookie })).status).toBe(200);
    await post("/logout", {}, { cookie });
    expect((await post("/command-api", run("show version"), { cookie })).status).toBe(401);
    expect((await post("/login", { username, password: "wrong" }, {})).status).toBe(401);
  });
});

describe("a node speaks BIRD's control protocol", () => {
  function talk(name: string, lines: readonly string[], last: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(sourceOf(name).socket ?? "", () => socket.write(`${lines.join("\n")}\n`));
      let text = "";
      socket.setEncoding("utf8");
      socket.on("error", reject);
      socket.on("data", (chunk: string) => {
        text += chunk;
        if (!last.test(text)) return;
        socket.destroy();
        resolve(text);
      });
    });
  }

  test("the first in Calico's fork of 1.6, the second in 2.0", async () => {
    const first = await talk("node-01", ["restrict", "show status"], /^0013 .*\n/m);
    expect(first).toMatch(
      /^0001 BIRD v0\.3\.3\+birdv1\.6\.8 ready\.\n0016 Access restricted\n1000-BIRD v0\.3\.3\+birdv1\.6\.8\n/,
    );
    const second = await talk("node-02", ["restrict", "show status"], /^0013 .*\n/m);
    expect(second).toMatch(/^0001 BIRD 2\.0\.12 ready\.\n0016 Access restricted\n1000-BIRD 2\.0\.12\n/);
  });

  test("columns, codes and the end of the table are as the daemon prints them", async () => {
    const one = await talk("node-01", ["show protocols"], /^0000 \n/m);
    expect(one).toMatch(
      /^2002-name {5}proto {4}table {4}state {2}since {7}info\n1002-static1 {2}Static {3}master {3}up {5}/m,
    );
    expect(one.match(/^ ?.*\bBGP {6}master {3}up .* Established/gm)).toHaveLength(2);
    const two = await talk("node-02", ["show protocols"], /^0000 \n/m);
    expect(two).toMatch(/^2002-Name {7}Proto {6}Table {6}State {2}Since {9}Info\n/m);
    expect(two.match(/ BGP {8}--- {8}up {5}/g)).toHaveLength(2);
  });

  test.each(["configure", "disable all", "down", "restart Node_10_20_0_0"])(
    "%s is denied after restrict",
    async (command) => {
      expect(await talk("node-02", ["restrict", command], /^8007/m)).toMatch(/^8007 Access denied\n/m);
    },
  );

  test("what is no command is a syntax error", async () => {
    expect(await talk("node-01", ["show nonsense"], /^9001/m)).toMatch(/^9001 /m);
  });

  test("a killed BIRD leaves its socket file, and nobody listens there", async () => {
    expect(await control("inject kill node-02")).toMatchObject({ ok: true });
    await expect(talk("node-02", ["show status"], /x/)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(await control("heal node-02")).toMatchObject({ ok: true, healed: 1 });
    expect(await talk("node-02", ["show status"], /^0013 /m)).toContain("0013 ");
  });
});

describe("the control socket", () => {
  test.each([
    ["sing", /no command/],
    ["inject", /say inject/],
    ["inject storm leaf-1", /no fault storm/],
    ["inject flap leaf-1", /needs two devices/],
    ["inject kill leaf-1", /needs a node/],
    ["inject flap leaf-1 leaf-9", /no session/],
    ["heal nobody", /no device/],
    ["", /empty line/],
  ])("%s is refused in words", async (line, words) => {
    expect(await control(line)).toMatchObject({ ok: false, error: expect.stringMatching(words) });
  });

  test("it tells what stands, and heals it", async () => {
    await control("inject admin-down leaf-1 node-01 CHG-1 text with blanks");
    expect(await control("list")).toMatchObject({
      faults: [{ kind: "admin-down", at: "leaf-1", towards: "node-01", text: "CHG-1 text with blanks" }],
    });
    expect(await control("heal all")).toMatchObject({ healed: 1 });
    expect(await control("status")).toMatchObject({ ok: true, faults: 0, devices: 5, sessions: 6 });
  });
});

function control(line: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(join(directory, "demo.ctl"), () => socket.write(`${line}\n`));
    socket.setEncoding("utf8");
    socket.on("error", reject);
    socket.on("data", (text: string) => {
      socket.destroy();
      resolve(JSON.parse(text));
    });
  });
}
