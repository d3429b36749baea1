import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Secret } from "../../secret.ts";
import { SourceError } from "../source-error.ts";
import { type EapiClient, eapiClient } from "./client.ts";
import type { EapiCommand } from "./eapi-commands.ts";
import { eosError, type TestSwitch, testSwitch } from "./test-switch.ts";

let leaf: TestSwitch;
const clients: EapiClient[] = [];
beforeEach(async () => {
  leaf = await testSwitch();
});
afterEach(async () => {
  vi.useRealTimers();
  leaf.close();
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function client(login: "basic" | "session" = "basic", password = "right"): EapiClient {
  const made = eapiClient({
    id: "leaf-1/arista-eapi",
    url: leaf.url,
    username: "reader",
    password: new Secret(password),
    login,
    tls: { ca: leaf.ca },
    maxAnswerBytes: 1024 * 1024,
  });
  clients.push(made);
  return made;
}

const patience = (ms = 2_000) => ({ signal: new AbortController().signal, endsAt: Date.now() + ms });

async function reasonOf(asked: Promise<unknown>): Promise<[string, string]> {
  const error: unknown = await asked.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof SourceError)) throw new Error("no SourceError", { cause: error });
  return [error.reason, error.message];
}

test("a batch is one request, with pinned revisions", async () => {
  const outcomes = await client().run(["show version", "show bgp summary vrf all"], patience());
  expect([...outcomes.values()].map((outcome) => outcome.ok)).toEqual([true, true]);
  expect(leaf.calls).toHaveLength(1);
  expect(leaf.calls[0]).toMatchObject({
    path: "/command-api",
    format: "json",
    commands: ["show version", "show bgp summary vrf all"],
  });
});

test("a failing command takes no other with it: those behind it are asked again", async () => {
  leaf.answers.delete("show bfd peers detail");
  const outcomes = await client().run(["show version", "show bfd peers detail", "show hostname"], patience());
  expect([...outcomes].map(([command, outcome]) => [command, outcome.ok || outcome.why])).toEqual([
    ["show version", true],
    ["show bfd peers detail", "invalid"],
    ["show hostname", true],
  ]);
  expect(leaf.calls.map((call) => call.commands)).toEqual([
    ["show version", "show bfd peers detail", "show hostname"],
    ["show hostname"],
  ]);
});

test("a command without a JSON form is asked again as text", async () => {
  leaf.answers.set("show bgp neighbors vrf all", eosError(1003, "This is an unconverted command"));
  leaf.intercept = ({ format }) =>
    format === "text"
      ? { status: 200, body: '{"jsonrpc":"2.0","id":"peerglass-2","result":[{"output":"BGP neighbor is"}]}' }
      : undefined;
  const outcomes = await client().run(["show bgp neighbors vrf all"], patience());
  expect(outcomes.get("show bgp neighbors vrf all")).toEqual({ ok: true, answer: { output: "BGP neighbor is" } });
});

test("only commands on the list are sent", async () => {
  const asked = client().run(["reload now" as EapiCommand], patience());
  await expect(asked).rejects.toThrow("reload now: not on the list of commands that we send");
  expect(leaf.calls).toEqual([]);
});

test("two batches at once are asked one after the other", async () => {
  const one = client();
  leaf.holdMs = 40;
  await Promise.all([one.run(["show version"], patience()), one.run(["show hostname"], patience())]);
  expect([leaf.mostAtOnce, leaf.calls.length]).toEqual([1, 2]);
});

test("an answer to another request is refused", async () => {
  leaf.intercept = () => ({ status: 200, body: '{"jsonrpc":"2.0","id":"other","result":[{}]}' });
  expect(await reasonOf(client().run(["show version"], patience()))).toEqual([
    "malformed",
    expect.stringContaining('it answered request "other", we asked peerglass-1'),
  ]);
});

test.each([
  [
    "a login page with 200",
    { status: 200, body: "<html><title>Sign in</title></html>" },
    "malformed",
    /a web page .*Sign in/,
  ],
  ["half an answer", { status: 200, body: '{"jsonrpc":"2.0","id":"peer' }, "malformed", /instead of JSON/],
  ["JSON that is no envelope", { status: 200, body: '{"ok":true}' }, "malformed", /cannot read/],
  [
    "a refused request",
    { status: 200, body: '{"id":null,"error":{"code":-32602,"message":"unexpected keyword"}}' },
    "refused",
    /unexpected keyword \(code -32602\)/,
  ],
  ["an overloaded switch", { status: 503, body: "busy" }, "failed", /HTTP 503, "busy"/],
])("%s has its reason", async (_story, answer, reason, message) => {
  leaf.intercept = () => answer;
  expect(await reasonOf(client().run(["show version"], patience()))).toEqual([reason, expect.stringMatching(message)]);
});

test("silence ends at the poll's deadline, over all requests of a batch together", async () => {
  leaf.answers.delete("show bfd peers detail");
  leaf.intercept = ({ commands }) => (commands.length === 1 ? "hang" : undefined);
  const startedAt = Date.now();
  const asked = client().run(["show bfd peers detail", "show hostname"], patience(300));
  expect((await reasonOf(asked))[0]).toBe("timeout");
  expect(Date.now() - startedAt).toBeLessThan(900);
});

describe("login", () => {
  const run = (asked: EapiClient) => asked.run(["show hostname"], patience());

  test("a session logs in once, and never sends the password again", async () => {
    const session = client("session");
    await run(session);
    await run(session);
    expect(leaf.calls.map((call) => call.path)).toEqual(["/login", "/command-api", "/command-api"]);
    expect(leaf.calls[2]).toMatchObject({ cookie: "Session=s1" });
    expect(leaf.calls.some((call) => call.authorization)).toBe(false);
  });

  test("an expired session is opened anew, once", async () => {
    const session = client("session");
    await run(session);
    leaf.sessions.clear();
    await run(session);
    expect(leaf.calls.map((call) => call.path).slice(2)).toEqual(["/command-api", "/login", "/command-api"]);
    leaf.intercept = ({ path }) => (path === "/command-api" ? { status: 401, body: "" } : undefined);
    expect((await reasonOf(run(session)))[0]).toBe("unauthorized");
    expect(leaf.calls.map((call) => call.path).slice(5)).toEqual(["/command-api", "/login", "/command-api"]);
  });

  test("closing logs out, and only who is logged in", async () => {
    const session = client("session");
    await session.close();
    expect(leaf.calls).toEqual([]);
    await run(session);
    await session.close();
    expect(leaf.calls.at(-1)).toMatchObject({ path: "/logout", cookie: "Session=s1" });
  });

  test("a login without a cookie is told", async () => {
    leaf.intercept = ({ path }) => (path === "/login" ? { status: 200, body: "{}" } : undefined);
    expect(await reasonOf(run(client("session")))).toEqual([
      "malformed",
      expect.stringContaining("no cookie named Session"),
    ]);
  });

  test.each(["basic", "session"] as const)("a wrong password is tried 3 times in 15 minutes (%s)", async (login) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 25, 2, 0) });
    const wrong = client(login, "wrong");
    for (let i = 0; i < 6; i++) expect((await reasonOf(run(wrong)))[0]).toBe("unauthorized");
    expect(leaf.calls).toHaveLength(3);
    expect((await reasonOf(run(wrong)))[1]).toContain(
      '3 times in 15 minutes as "reader"; we do not ask before 02:15 UTC, so that the account is not locked',
    );
    vi.setSystemTime(Date.UTC(2026, 10, 25, 2, 16));
    leaf.password = "wrong"; // corrected on the switch
    await run(wrong);
    expect(leaf.calls.length).toBeGreaterThan(3);
  });

  test("no error tells the password", async () => {
    const [, message] = await reasonOf(run(client("basic", "hunter2")));
    expect(message).not.toContain("hunter2");
    expect(message).toContain("leaf-1/arista-eapi refused our credentials: HTTP 401");
  });
});
