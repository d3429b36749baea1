import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { askConsole } from "./snapshot-of-console.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  closers.push(() => server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a console is asked for its view, and the view alone comes back", async () => {
  const url = await serve((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ result: { data: { asked: request.url, sessions: [] } } }));
  });

  expect(await askConsole(url)).toEqual({ asked: "/api/trpc/fabric.view", sessions: [] });
});

test("where nothing listens, the message says how to start a console or do without", async () => {
  const url = await serve(() => undefined);
  for (const close of closers.splice(0)) close();

  await expect(askConsole(url)).rejects.toThrow(/no console answers at .*ECONNREFUSED.*peerglass start.*--config FILE/);
});

test("another program's answer is not taken for a fabric", async () => {
  const html = await serve((_request, response) => response.end("<html>"));
  const other = await serve((_request, response) => response.end('{"result":{}}'));

  await expect(askConsole(html)).rejects.toThrow(/is not a Peerglass console of this version \(HTTP 200\)/);
  await expect(askConsole(other)).rejects.toThrow(/is not a Peerglass console/);
});

test("a redirect is not followed", async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end());

  await expect(askConsole(url)).rejects.toThrow(/no console answers/);
});

test("what is no address is refused before anything is asked", async () => {
  await expect(askConsole("leaf-1")).rejects.toThrow(/leaf-1 is no URL like http/);
  await expect(askConsole("file:///etc/passwd")).rejects.toThrow(/is no URL like http/);
});
