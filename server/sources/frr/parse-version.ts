import type { DeviceFacts } from "../../../lib/fabric/device.ts";

/**
 * `show version`: `FRRouting 8.4.4 (leaf1) on Linux(6.1.0).`, and then how it was built. FRR 7 and older say no system;
 * `show version json` does not exist in 8.4.
 *
 * The host is the one of the daemon's configuration; vtysh answers this command itself, with the machine's name.
 *
 * @throws SyntaxError when the first line is another.
 */
export function parseVersion(text: string): DeviceFacts {
  const line = text.trimStart().split("\n", 1)[0] ?? "";
  const told = /^FRRouting ([\w.+~-]{1,60}) \(([^()\s]{1,255})\)/.exec(line);
  if (!told?.[1] || !told[2]) {
    throw new SyntaxError(`expected "FRRouting VERSION (HOST)", got ${JSON.stringify(line.slice(0, 120))}`);
  }
  return { hostname: told[2], system: "FRRouting", version: told[1] };
}
