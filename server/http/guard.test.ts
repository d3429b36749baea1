import { expect, test } from "vitest";
import { type RequestFacts, refuse } from "./guard.ts";

const LOCAL = { exposed: false, hostNames: ["noc-1"] };
const OPEN = { exposed: true, hostNames: ["noc-1"] };
const HOST = { host: "127.0.0.1:3000" };

function asked(method: string, url: string, headers: RequestFacts["headers"] = {}, rules = LOCAL) {
  return refuse({ method, url, headers: { ...HOST, ...headers } }, rules)?.status;
}

test("a page and a query of our own pass", () => {
  expect(asked("GET", "/")).toBeUndefined();
  expect(asked("GET", "/api/trpc/fabric.view", { "sec-fetch-site": "same-origin" })).toBeUndefined();
  expect(asked("GET", "/api/trpc/fabric.view")).toBeUndefined(); // a tool on this machine
  expect(
    asked("GET", "/sessions?q=a", {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    }),
  ).toBeUndefined(); // a link in a chat
});

test.each([
  ["GET", "/api/trpc/fabric.view", { "sec-fetch-site": "cross-site" }],
  ["GET", "/api/stream", { "sec-fetch-site": "same-site" }],
  ["GET", "/api/stream", { origin: "https://evil.example" }],
  ["GET", "/api/trpc/fabric.view", { origin: "null" }],
  ["GET", "/", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }],
  ["GET", "/logo.svg", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }],
  [
    "POST",
    "/api/trpc/fabric.view",
    { "content-type": "application/json", "content-length": "2", "sec-fetch-site": "cross-site", "x-peerglass": "1" },
  ],
  ["POST", "/api/trpc/fabric.view", { "content-type": "application/json", "content-length": "2" }],
])("%s %s of another site is refused: %o", (method, url, headers) => {
  expect(asked(method, url, headers)).toBe(403);
});

test.each([
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "application/octet-stream",
  "",
])("a body of type %s is refused (S12)", (type) => {
  expect(asked("POST", "/api/trpc/x", { "content-type": type, "content-length": "1", "x-peerglass": "1" })).toBe(415);
});

test("a body needs an honest length, and 1 MB is the most", () => {
  const json = { "content-type": "application/json; charset=utf-8", "x-peerglass": "1" };
  expect(asked("POST", "/api/trpc/x", { ...json, "content-length": "1048576" })).toBeUndefined();
  expect(asked("POST", "/api/trpc/x", { ...json, "content-length": "1048577" })).toBe(413);
  expect(asked("POST", "/api/trpc/x", { ...json, "transfer-encoding": "chunked" })).toBe(411);
});

test.each(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])("%s is not taken anywhere", (method) => {
  expect(asked(method, "/")).toBe(405);
  expect(asked(method, "/api/trpc/fabric.view")).toBe(405);
});

test("a batch of twenty passes, of twenty-one not; an address of 8 KB is the longest", () => {
  const batch = (n: number) => `/api/trpc/${Array(n).fill("fabric.view").join(",")}?batch=1`;
  expect(asked("GET", batch(20))).toBeUndefined();
  expect(asked("GET", batch(21))).toBe(400);
  expect(asked("GET", `/${"a".repeat(9_000)}`)).toBe(414);
});

test.each([
  "attacker.example",
  "attacker.example:3000",
  "127.0.0.1.attacker.example",
  "0.0.0.0:3000",
  "[::2]:3000",
  "192.168.1.5",
  "",
  "noc-1",
])("the host %s is not ours while we listen on loopback (DNS rebinding)", (host) => {
  expect(asked("GET", "/", { host })).toBe(421);
});

test("exposed, we answer by address and by this machine's name, and to no other name", () => {
  for (const host of ["192.168.1.5:3000", "noc-1", "NOC-1:3000", "localhost:3000", "[::1]:3000"]) {
    expect(asked("GET", "/", { host }, OPEN)).toBeUndefined();
  }
  expect(asked("GET", "/", { host: "attacker.example" }, OPEN)).toBe(421);
});

test.each(["//evil", "/a//b", "/a/../b", "/./a", "/a%2fb", "/a%5Cb", "/a\\b", "http://evil/", "/a%00"])(
  "a path that can be read in two ways is refused: %s",
  (url) => {
    expect(asked("GET", url)).toBe(400);
  },
);
