import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Secret } from "../../secret.ts";
import type { JunosRpc } from "./junos-rpcs.ts";
import { restClient } from "./rest-client.ts";

let url = "";
let ca = "";
let asked: { url: string; authorization: string | undefined }[] = [];
let close = () => {};

beforeEach(async () => {
  const pair = await generate([{ name: "commonName", value: "leaf-1" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  asked = [];
  const server = createServer({ key: pair.private, cert: pair.cert }, (request, response) => {
    asked.push({ url: request.url ?? "", authorization: request.headers.authorization });
    if (request.headers.authorization !== `Basic ${Buffer.from("reader:right").toString("base64")}`) {
      return response.writeHead(401).end("<html>Unauthorized</html>");
    }
    if (request.url?.startsWith("/rpc/get-system-information@")) {
      return response.end('{"system-information" : [{"host-name" : [{"data" : "leaf-1"}],}]}');
    }
    if (request.url?.startsWith("/rpc/get-bgp-summary-information@")) {
      return response.end('{"output" : [{"data" : "BGP is not running"}]}');
    }
    if (request.url?.startsWith("/rpc/get-arp-table-information@")) {
      return response.end(
        "<rpc-error><error-severity>error</error-severity><error-message>permission denied</error-message></rpc-error>",
      );
    }
    response.writeHead(500).end("<output>unknown rpc</output>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ca = pair.cert;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => close());

function client(password = "right") {
  return restClient({
    id: "leaf-1/junos",
    url,
    username: "reader",
    password: new Secret(password),
    tls: { ca },
    maxAnswerBytes: 100_000,
  });
}
const patience = () => ({ signal: new AbortController().signal, endsAt: Date.now() + 5_000 });

test("each RPC has its own outcome, in JSON that is mended or in XML, and one that fails takes none with it", async () => {
  const outcomes = await client().run(
    ["get-system-information", "get-bgp-summary-information", "get-arp-table-information", "get-bridge-mac-table"],
    patience(),
  );
  expect([...outcomes].map(([rpc, outcome]) => [rpc, outcome.ok ? "ok" : outcome.why])).toEqual([
    ["get-system-information", "ok"],
    ["get-bgp-summary-information", "inactive"],
    ["get-arp-table-information", "refused"],
    ["get-bridge-mac-table", "invalid"],
  ]);
  expect(asked.map((each) => each.url)).toEqual([
    "/rpc/get-system-information@format=json",
    "/rpc/get-bgp-summary-information@format=json",
    "/rpc/get-arp-table-information@format=json?no-resolve",
    "/rpc/get-bridge-mac-table@format=json",
  ]);
});

test("a refused password ends the poll, and is tried three times at most", async () => {
  const one = client("wrong");
  for (let i = 0; i < 3; i++) await expect(one.run(["get-system-information"], patience())).rejects.toThrow(/401/);
  await expect(one.run(["get-system-information"], patience())).rejects.toThrow(/account is not locked/);
  expect(asked).toHaveLength(3);
});

test.each([
  "commit-configuration",
  "get-configuration",
  "get-route-information table=../x",
  "get-system-information@format=xml",
])("%j never leaves", async (rpc) => {
  await expect(client().run([rpc as JunosRpc], patience())).rejects.toThrow(RangeError);
  expect(asked).toEqual([]);
});
