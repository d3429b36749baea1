import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

async function ends(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", ...env },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 30_000,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

test("an address that the machine does not have, and a port that is taken, are told in words", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  try {
    // 192.0.2.0/24 is for documentation (RFC 5737).
    const foreign = { PEERGLASS_LISTEN_HOST: "192.0.2.7", PEERGLASS_LISTEN_ALLOWREMOTE: "true", PORT: "0" };
    const [stranger, second] = await Promise.all([ends(foreign), ends({ PORT: String(port) })]);
    const head = "peerglass: These settings cannot be used:\npeerglass: listen: ";
    expect(stranger).toEqual({ code: 1, said: `${head}192.0.2.7 is no address of this machine\n` });
    expect(second.code).toBe(1);
    expect(second.said).toContain(`${head}port ${port} of 127.0.0.1 is taken; set PORT to another`);
  } finally {
    taken.close();
  }
}, 40_000);
