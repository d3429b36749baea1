import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../secret.ts";
import { SourceError } from "../source-error.ts";
import type { JunosRpc } from "./junos-rpcs.ts";
import { netconfClient } from "./netconf-client.ts";
import { type Manner, plainPort, type TestDevice, testDevice, userKeyOf } from "./test-device.ts";
import { STORY } from "./test-story.ts";

let device: TestDevice;
const ended: (() => void)[] = [];
beforeEach(async () => {
  device = await testDevice(STORY);
});
afterEach(() => {
  device.close();
  for (const end of ended.splice(0)) end();
});

interface With {
  readonly port?: number;
  readonly password?: string;
  readonly hostKey?: string | undefined;
  readonly key?: string;
}

function client({ port = device.port, password = "right", key, ...more }: With = {}) {
  const hostKey = "hostKey" in more ? more.hostKey : device.hostKey;
  const made = netconfClient({
    id: "leaf-1/junos",
    host: "127.0.0.1",
    port,
    username: "reader",
    login: key === undefined ? { password: new Secret(password) } : { privateKey: new Secret(key) },
    ...(hostKey !== undefined && { hostKey }),
    maxAnswerBytes: 200_000,
  });
  ended.push(() => void made.close());
  return made;
}

const patience = (ms = 5_000) => ({ signal: new AbortController().signal, endsAt: Date.now() + ms });
const RPC = "get-system-information";

async function refusal(asking: Promise<unknown>): Promise<SourceError> {
  const error = await asking.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(SourceError);
  return error as SourceError;
}

describe.each([true, false])("with chunked framing: %s", (chunked) => {
  beforeEach(() => {
    device.chunked = chunked;
  });

  test("RPCs are answered one after another over one session, and one that is unknown takes none with it", async () => {
    const one = client();
    const outcomes = await one.run([RPC, "get-bridge-mac-table", "get-bgp-summary-information"], patience());
    expect([...outcomes].map(([rpc, { ok }]) => [rpc, ok])).toEqual([
      [RPC, true],
      ["get-bridge-mac-table", false],
      ["get-bgp-summary-information", true],
    ]);
    expect(outcomes.get("get-bridge-mac-table")).toEqual({ ok: false, why: "invalid", text: "syntax error" });
    await Promise.all([one.run([RPC], patience()), one.run([RPC], patience())]);
    expect([device.logins, device.mostAtOnce]).toEqual([1, 1]);
  });

  test.each<[Manner, string, RegExp]>([
    ["hangs", "timeout", /took the question, and began no answer within 0\.\d s/],
    ["drips", "timeout", /had sent \d+ bytes of its answer, and not the end within/],
    ["endless", "too-large", /the limit is 200000 bytes/],
    ["garbage", "malformed", /cannot read: (no XML|no element)/],
    ["hangs-up", "cut-off", /closed the (session|connection) before the end of its answer/],
    ["no-hello", "timeout", /took the log-in, and did not greet within/],
    ["no-netconf", "refused", /has no subsystem netconf/],
    ["wrong-id", "malformed", /it answered request "somebody-else", we asked peerglass-1/],
    ["deep", "malformed", /nested more than 64 deep/],
    ["entity-bomb", "malformed", /document type|no XML/],
  ])("a device that %s: %s", async (manner, reason, words) => {
    device.manner = manner;
    const one = client();
    const error = await refusal(one.run([RPC], patience(600)));
    expect([error.reason, error.message]).toEqual([reason, expect.stringMatching(words)]);
    expect(error.message).not.toMatch(/\p{Cc}/u);
    device.manner = "answers";
    expect((await one.run([RPC], patience())).get(RPC)?.ok).toBe(true);
  });
});

test("chunks that are none are malformed", async () => {
  device.manner = "bad-chunks";
  const error = await refusal(client().run([RPC], patience(600)));
  expect([error.reason, error.message]).toEqual(["malformed", expect.stringContaining("framing")]);
});

test("no credential is sent to a host whose key is another, or is not pinned; the error tells what it showed", async () => {
  const changed = await refusal(client({ hostKey: "SHA256:AAAA" }).run([RPC], patience()));
  expect([changed.reason, changed.message]).toEqual([
    "certificate",
    expect.stringContaining(`its host key has changed: pinned is SHA256:AAAA, it showed ${device.hostKey}`),
  ]);
  const unpinned = await refusal(client({ hostKey: undefined }).run([RPC], patience()));
  expect(unpinned.message).toContain(`it showed ${device.hostKey}. Compare that on the device, and set hostKey`);
  expect(device.logins).toBe(0);
});

test("a private key logs in", async () => {
  expect((await client({ key: userKeyOf(device) }).run([RPC], patience())).get(RPC)?.ok).toBe(true);
});

test("a refused password is tried three times, and then not before a quarter of an hour; it stands in no error", async () => {
  const one = client({ password: "hunter2" });
  for (let i = 0; i < 3; i++) {
    const error = await refusal(one.run([RPC], patience()));
    expect([error.reason, error.message.includes("hunter2")]).toEqual(["unauthorized", false]);
  }
  expect((await refusal(one.run([RPC], patience()))).message).toContain("account is not locked");
  expect(device.logins).toBe(3);
});

test("a port where nothing listens, that is silent, or that speaks something else", async () => {
  const silent = await plainPort(undefined);
  const http = await plainPort("HTTP/1.1 400 Bad Request\r\n\r\n");
  ended.push(silent.close, http.close);
  const free = await plainPort(undefined);
  free.close();
  const reasons = [];
  for (const port of [free.port, silent.port, http.port]) {
    reasons.push((await refusal(client({ port }).run([RPC], patience(600)))).reason);
  }
  expect(reasons[0]).toBe("unreachable");
  expect(reasons[1]).toBe("timeout");
  expect(["malformed", "timeout"]).toContain(reasons[2]);
});

test("whoever gives up is told so at once, and the next question is answered", async () => {
  device.manner = "hangs";
  const one = client();
  const stop = new AbortController();
  const asking = one.run([RPC], { signal: stop.signal, endsAt: Date.now() + 60_000 });
  setTimeout(() => stop.abort(new Error("enough")), 200);
  await expect(asking).rejects.toThrow("enough");
  device.manner = "answers";
  expect((await one.run([RPC], patience())).get(RPC)?.ok).toBe(true);
});

test.each([
  "commit-configuration",
  "get-configuration",
  "request-reboot",
  "get-route-information",
  "get-route-information table=x></rpc>",
  "get-system-information x",
])("%j never leaves", async (rpc) => {
  await expect(client().run([rpc as JunosRpc], patience())).rejects.toThrow(RangeError);
  expect(device.asked).toEqual([]);
});
