import { stringify } from "yaml";
import type { Lab } from "./description.ts";

/** The console's configuration for a lab: every device, asked each second over the daemons' own sockets. */
export function peerglassYaml(lab: Lab): string {
  return stringify({
    fabric: { name: lab.options.name },
    poll: { everySec: 1 },
    devices: lab.devices.map(({ name, role, rack, daemon, directory }) => ({
      name,
      role,
      ...(rack !== undefined && { rack }),
      sources: [daemon === "frr" ? { kind: "frr", directory } : { kind: "bird", socket: `${directory}/bird.ctl` }],
    })),
  });
}
