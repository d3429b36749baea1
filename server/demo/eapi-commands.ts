import { bfdPeers } from "./eos-bfd.ts";
import { bgpSummary, bgpSummaryAllFamilies } from "./eos-bgp.ts";
import { interfaces, ipInterfaces, ipInterfacesBrief } from "./eos-interfaces.ts";
import { bgpNeighbors } from "./eos-neighbors.ts";
import { hostname, lldpNeighbors, lldpNeighborsDetail, routeSummary, version } from "./eos-system.ts";
import { neighborsText, summaryText, versionText } from "./eos-text.ts";
import type { DeviceState, World } from "./world.ts";

export interface EosCommand {
  /** Newest revision of its JSON model. */
  readonly revision: number;
  json(world: World, device: DeviceState): object;
  /** Absent where the demo has not learnt EOS's text. */
  text?(world: World, device: DeviceState): string;
}

const neighbors: EosCommand = { revision: 3, json: bgpNeighbors, text: neighborsText };
const routes: EosCommand = { revision: 3, json: routeSummary };
const ipv4Summary: EosCommand = { revision: 2, json: (w, d) => bgpSummary(w, d, "ipv4"), text: summaryText };

export const EOS_COMMANDS: ReadonlyMap<string, EosCommand> = new Map<string, EosCommand>([
  ["show version", { revision: 1, json: version, text: (w, d) => versionText({ ...version(w, d) }) }],
  ["show hostname", { revision: 1, json: (_, d) => hostname(d), text: (_, d) => hostnameText(d) }],
  ["show ip bgp summary vrf all", ipv4Summary],
  ["show ipv6 bgp summary vrf all", { revision: 2, json: (w, d) => bgpSummary(w, d, "ipv6") }],
  ["show bgp summary vrf all", { revision: 1, json: bgpSummaryAllFamilies }],
  ["show bgp neighbors vrf all", neighbors],
  ["show ip bgp neighbors vrf all", neighbors],
  ["show interfaces", { revision: 1, json: interfaces }],
  ["show ip interface", { revision: 2, json: ipInterfaces }],
  ["show ip interface brief", { revision: 1, json: ipInterfacesBrief }],
  ["show bfd peers", { revision: 1, json: (w, d) => bfdPeers(w, d, false) }],
  ["show bfd peers detail", { revision: 1, json: (w, d) => bfdPeers(w, d, true) }],
  ["show lldp neighbors", { revision: 1, json: lldpNeighbors }],
  ["show lldp neighbors detail", { revision: 1, json: lldpNeighborsDetail }],
  ["show ip route summary", routes],
  ["show ip route vrf all summary", routes],
]);

function hostnameText(device: DeviceState): string {
  return `Hostname: ${device.plan.name}\nFQDN:     ${device.plan.name}.demo.example\n`;
}
