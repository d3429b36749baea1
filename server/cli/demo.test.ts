import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PEERGLASS = fileURLToPath(new URL("./peerglass.mjs", import.meta.url));

test("a port that is taken is told before the demo fabric is started", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const child = spawn(process.execPath, [PEERGLASS, "demo", "--port", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 30_000,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "close");
  taken.close();
  expect(code).toBe(1);
  expect(said).toContain(`port ${port} of 127.0.0.1 is taken; set PORT to another`);
  expect(said).not.toContain("demo fabric");
}, 40_000);
