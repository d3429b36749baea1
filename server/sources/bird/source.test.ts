import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { SourceError } from "../source-error.ts";
import { answering, type BirdServer, birdServer } from "./bird-server.ts";
import { birdSource } from "./source.ts";

let server: BirdServer | undefined;
afterEach(() => server?.close());

const body = (command: string) =>
  readFileSync(
    join(import.meta.dirname, "fixtures", "established", `${command.replaceAll(" ", "-")}.txt`),
    "utf8",
  ).replace(/^0001 .*\n/, "");

const COMMANDS = ["show protocols", "show protocols all", "show status", "show interfaces", "show bfd sessions"];
const established = (): Record<string, string> =>
  Object.fromEntries(COMMANDS.map((command) => [command, body(command)]));

function source(socket: string, everyMs = 30) {
  return birdSource({
    id: "node-1/bird",
    device: "node-1",
    socket,
    everyMs,
    limits: { deadlineMs: 500, maxAnswerBytes: 1_000_000 },
  });
}

/** So many polls, and the end. */
async function polls(
  socket: string,
  count: number,
  between: (n: number) => void = () => undefined,
): Promise<Observation[]> {
  const stop = new AbortController();
  const told: Observation[] = [];
  for await (const observation of source(socket).observe(stop.signal)) {
    told.push(observation);
    between(told.length);
    if (told.length === count) stop.abort();
  }
  return told;
}

test("states are asked at each poll, details only now and then: a quiet daemon is left in peace", async () => {
  server = await birdServer(answering(established()));
  const told = await polls(server.socket, 5);
  expect(told.every((observation) => observation.neighbors?.length)).toBe(true);
  expect(server.asked.filter((line) => line === "show protocols")).toHaveLength(5);
  expect(server.asked.filter((line) => line === "show protocols all")).toHaveLength(1);
});

test("neighbors that did not change are the same objects from poll to poll", async () => {
  server = await birdServer(answering(established()));
  const [first, second] = await polls(server.socket, 2);
  expect(second?.neighbors?.length).toBeGreaterThan(0);
  for (const [i, neighbor] of (second?.neighbors ?? []).entries()) expect(neighbor).toBe(first?.neighbors?.[i]);
});

test("a protocol that changed is seen at the next poll, and its details are asked by name", async () => {
  const answers = established();
  server = await birdServer((line, client) => answering(answers)(line, client));
  const name = /^ ?(?:1002-)?(\w+)\s+BGP/m.exec(answers["show protocols"] ?? "")?.[1] ?? "";
  const address = /Neighbor address: (\S+)/.exec(answers["show protocols all"] ?? "")?.[1] ?? "";
  const told = await polls(server.socket, 3, (n) => {
    if (n !== 1) return;
    answers["show protocols"] = (answers["show protocols"] ?? "").replace(
      /Established\s*/,
      "Active        Socket: Connection refused",
    );
    answers[`show protocols all ${name}`] =
      `2002-Name       Proto      Table      State  Since         Info\n1002-${name} BGP        ---        start  02:30:00.000  Active        Socket: Connection refused\n1006-  BGP state:          Active\n     Neighbor address: ${address}\n     Neighbor AS:      65001\n     Last error:       Socket: Connection refused\n \n0000 \n`;
  });
  expect(server.asked).toContain(`show protocols all ${name}`);
  const changed = told[1]?.neighbors?.find((neighbor) => neighbor.name === name);
  expect(changed).toMatchObject({
    state: "active",
    lastError: { direction: "local", text: expect.stringContaining("refused") },
  });
});

test("a daemon without BGP is an answer, a daemon that dies is an error, and one that comes back is asked anew", async () => {
  const none =
    "2002-Name       Proto      Table      State  Since         Info\n1002-device1    Device     ---        up     02:12:01.233  \n0000 \n";
  server = await birdServer(answering({ ...established(), "show protocols": none, "show protocols all": none }));
  const [off] = await polls(server.socket, 1);
  expect(off).toMatchObject({ neighbors: [], facts: { bgp: "off" } });
  await server.kill();
  const asked = source(server.socket).observe(new AbortController().signal);
  await expect(
    (async () => {
      for await (const _ of asked) break;
    })(),
  ).rejects.toBeInstanceOf(SourceError);
  await server.revive();
  expect(await polls(server.socket, 1)).toHaveLength(1);
});

test("a part that fails is told as trouble beside what was answered", async () => {
  const { "show interfaces": _gone, ...rest } = established();
  server = await birdServer(answering(rest));
  const [first] = await polls(server.socket, 1);
  expect(first?.trouble?.map(({ part }) => part)).toEqual(["show interfaces"]);
  expect(first?.neighbors?.length).toBeGreaterThan(0);
});

test("the raw answer of each neighbor is kept for people, without NUL, with its command and its time", async () => {
  server = await birdServer(answering(established()));
  const stop = new AbortController();
  const bird = source(server.socket);
  for await (const { neighbors } of bird.observe(stop.signal)) {
    const [neighbor] = neighbors ?? [];
    const page = bird.evidence(neighbor).find(({ command }) => command.startsWith("show protocols"));
    expect(page).toMatchObject({ source: "node-1/bird", device: "node-1" });
    expect(page?.command).toMatch(/^show protocols/);
    expect(page?.text).toContain(neighbor?.name ?? "?");
    expect(page?.text).not.toContain("\0");
    expect(Date.now() - (page?.observedAt ?? 0)).toBeLessThan(5_000);
    stop.abort();
  }
});
