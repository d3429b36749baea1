import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../secret.ts";
import { SourceError } from "../source-error.ts";
import { nxapiClient } from "./client.ts";
import type { NxosCommand } from "./nxapi-commands.ts";
import { nxosError, type TestNexus, testNexus } from "./test-switch.ts";

let nexus: TestNexus;
beforeEach(async () => {
  nexus = await testNexus([
    ["show version", { host_name: "leaf-1" }],
    ["show bgp all summary vrf all", null],
    ["show lldp neighbors", "Device ID   Local Intf\n"],
    ["show ip route summary vrf all", "IP Route Table ..."],
    ["show interface", nxosError("% Permission denied for the role\n")],
  ]);
});
afterEach(() => nexus.close());

function client(password = "right") {
  return nxapiClient({
    id: "leaf-1/cisco-nxapi",
    url: nexus.url,
    username: "reader",
    password: new Secret(password),
    tls: { ca: nexus.ca },
    maxAnswerBytes: 1_000_000,
  });
}
const patience = () => ({ signal: new AbortController().signal, endsAt: Date.now() + 5_000 });

describe.each(["json-rpc", "ins_api"])("in the envelope %s", (envelope) => {
  beforeEach(() => {
    nexus.rpc = envelope === "json-rpc";
  });

  test("each command has its own outcome, one without a structured form is asked again as text", async () => {
    const outcomes = await client().run(
      [
        "show version",
        "show bgp all summary vrf all",
        "show lldp neighbors",
        "show interface",
        "show mac address-table",
      ],
      patience(),
    );
    expect(Object.fromEntries(outcomes)).toEqual({
      "show version": { ok: true, answer: { host_name: "leaf-1" } },
      "show bgp all summary vrf all": { ok: true, answer: null },
      "show lldp neighbors": { ok: true, answer: { output: "Device ID   Local Intf\n" } },
      "show interface": { ok: false, why: "refused", text: "% Permission denied for the role" },
      "show mac address-table": { ok: false, why: "invalid", text: "% Invalid command" },
    });
    expect(nexus.calls.at(-1)).toMatchObject({ form: "text", commands: ["show lldp neighbors"] });
  });

  test("what exists as text alone is asked as text at once", async () => {
    await client().run(["show version"], patience());
    nexus.calls.splice(0);
    await client().run(["show ip route summary vrf all"], patience());
    expect(nexus.calls.every(({ form }) => form === "text")).toBe(true);
  });

  test("at most one request is in flight, also where two ask at once", async () => {
    const one = client();
    await Promise.all([one.run(["show version"], patience()), one.run(["show lldp neighbors"], patience())]);
    expect(nexus.mostAtOnce).toBe(1);
  });
});

test("the cookie goes back beside the credentials, never in their place", async () => {
  const one = client();
  await one.run(["show version"], patience());
  await one.run(["show version"], patience());
  expect(nexus.calls.map(({ cookie }) => cookie)).toEqual([undefined, "nxapi_auth=abc123"]);
  expect(nexus.calls.every(({ authorization }) => authorization?.startsWith("Basic "))).toBe(true);
});

test("the older envelope is found out once, and kept", async () => {
  nexus.rpc = false;
  const one = client();
  await one.run(["show version"], patience());
  await one.run(["show version"], patience());
  expect(nexus.calls.map(({ type }) => type)).toEqual(["application/json-rpc", "application/json", "application/json"]);
});

test("a switch that failed once is not taken for an old one when it has answered before", async () => {
  const one = client();
  await one.run(["show version"], patience());
  nexus.intercept = () => ({ status: 500, body: "<html><title>500 Internal Server Error</title>" });
  await expect(one.run(["show version"], patience())).rejects.toThrow(/HTTP 500/);
  nexus.intercept = undefined;
  await one.run(["show version"], patience());
  expect(nexus.calls.every(({ type }) => type === "application/json-rpc")).toBe(true);
});

test("a refused password is tried three times, and then not before a quarter of an hour", async () => {
  const one = client("wrong");
  for (let i = 0; i < 3; i++) await expect(one.run(["show version"], patience())).rejects.toThrow(/401/);
  await expect(one.run(["show version"], patience())).rejects.toThrow(/account is not locked/);
  expect(nexus.calls).toHaveLength(3);
});

test.each([
  "configure terminal",
  "show running-config",
  "show version ; configure terminal",
  "show ip route vrf default ; reload",
  "show ip route vrf default | no",
  "show bgp vrf default all neighbors 10.0.0.1 routes\nreload",
  "show bgp vrf default all neighbors x routes",
])("%j never leaves", async (command) => {
  await expect(client().run([command as NxosCommand], patience())).rejects.toThrow(RangeError);
  expect(nexus.calls).toEqual([]);
});

test("answers that do not fit the question are refused in words", async () => {
  nexus.intercept = () => ({
    status: 200,
    body: '[{"jsonrpc":"2.0","id":1,"result":null},{"jsonrpc":"2.0","id":2,"result":null}]',
  });
  const refused = await client()
    .run(["show version"], patience())
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SourceError);
  expect((refused as Error).message).toContain("2 answers to 1 commands");
});
