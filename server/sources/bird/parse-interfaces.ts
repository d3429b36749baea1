import type { Interface } from "../../../lib/fabric/device.ts";
import { parsePrefix } from "../../../lib/net/address.ts";
import { field } from "./text.ts";

type Open = { -readonly [K in keyof Interface]: Interface[K] } & { addresses: string[] };

/**
 * `show interfaces` (`if_show` in `nest/iface.c`): a line for the port, one for its flags, one for each address.
 *
 * @throws SyntaxError when lines stand in it and none is a port.
 */
export function parseInterfaces(lines: string): readonly Interface[] {
  const ports: Open[] = [];
  let unread = 0;
  for (const line of lines.split("\n")) {
    const text = line.slice(/^\d{4}[- ]/.test(line) ? 5 : 1);
    if (/^\d{4} /.test(line) || text.trim() === "") continue;
    const port = ports.at(-1);
    const named = /^(\S{1,64}) (up|down) \(index=\d+( .*)?\)\s*$/.exec(text);
    if (named) {
      ports.push({ name: field(named[1] ?? ""), addresses: [] });
    } else if (port && /\bAdmin(?:Up|Down)\b.*\bLink(?:Up|Down)\b/.test(text)) {
      port.adminUp = /\bAdminUp\b/.test(text);
      port.operUp = port.adminUp && /\bLinkUp\b/.test(text);
      const mtu = /\bMTU=(\d{1,9})\b/.exec(text)?.[1];
      if (mtu !== undefined) port.mtu = Number(mtu);
    } else {
      const prefix = parsePrefix(text.trim().split(" ", 1)[0] ?? "");
      if (port && prefix) port.addresses.push(`${prefix.address}/${prefix.length}`);
      else unread++;
    }
  }
  if (ports.length === 0 && unread > 0) throw new SyntaxError("no port in this list of interfaces");
  return ports;
}
