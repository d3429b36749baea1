import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { AnswerTime, Dialect, Told } from "../switch/dialect.ts";
import { textIn } from "./eapi-answer.ts";
import type { EapiCommand } from "./eapi-commands.ts";
import { partOf } from "./eos-evidence.ts";
import { parseBfd } from "./parse-bfd.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseLldp } from "./parse-lldp.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseNeighborsText } from "./parse-neighbors-text.ts";
import { parseSummary } from "./parse-summary.ts";
import { parseSummaryText } from "./parse-summary-text.ts";
import { parseHostname, parseHostnameText, parseVersion, parseVersionText } from "./parse-version.ts";

type Reader = (answer: unknown, text: string | undefined, time: AnswerTime) => Told;

const summary =
  (family: AddressFamily | undefined): Reader =>
  (answer, text, { skewMs }) => ({
    summary: text === undefined ? parseSummary(answer, family, skewMs) : parseSummaryText(text, family),
  });
const neighbors: Reader = (answer, text, { observedAt }) => ({
  details: text === undefined ? parseNeighbors(answer, observedAt) : parseNeighborsText(text),
});
const bfd: Reader = (answer, _text, { skewMs }) => ({ bfd: parseBfd(answer, skewMs) });
const interfaces: Reader = (answer, _text, { skewMs }) => ({ interfaces: parseInterfaces(answer, skewMs) });
const lldp: Reader = (answer) => ({ lldp: parseLldp(answer) });

const READERS: Readonly<Record<EapiCommand, Reader>> = {
  "show version": (answer, text) => {
    const { clockAt, ...facts } = text === undefined ? parseVersion(answer) : parseVersionText(text);
    return { facts: { system: "Arista EOS", ...facts }, ...(clockAt !== undefined && { clockAt }) };
  },
  "show hostname": (answer, text) => {
    const hostname = text === undefined ? parseHostname(answer) : parseHostnameText(text);
    return { facts: hostname === undefined ? {} : { hostname } };
  },
  "show bgp summary vrf all": summary(undefined),
  "show ip bgp summary vrf all": summary("ipv4-unicast"),
  "show ipv6 bgp summary vrf all": summary("ipv6-unicast"),
  "show bgp neighbors vrf all": neighbors,
  "show ip bgp neighbors vrf all": neighbors,
  "show ipv6 bgp peers vrf all": neighbors,
  "show bfd peers": bfd,
  "show bfd peers detail": bfd,
  "show interfaces": interfaces,
  "show ip interface": interfaces,
  "show ip interface brief": interfaces,
  "show lldp neighbors": lldp,
  "show lldp neighbors detail": lldp,
};

/**
 * EOS, as eAPI tells it. The multi-agent routing model has one summary over all families; ribd and older releases have
 * one for each.
 */
export const EOS: Dialect<EapiCommand> = {
  kind: "arista-eapi",
  system: "Arista EOS",
  ways: {
    summary: [["show bgp summary vrf all"], ["show ip bgp summary vrf all", "show ipv6 bgp summary vrf all"]],
    neighbors: [["show bgp neighbors vrf all"], ["show ip bgp neighbors vrf all", "show ipv6 bgp peers vrf all"]],
    bfd: [["show bfd peers detail"], ["show bfd peers"]],
    interfaces: [["show interfaces"]],
    vrfs: [["show ip interface"], ["show ip interface brief"]],
    lldp: [["show lldp neighbors detail"], ["show lldp neighbors"]],
    version: [["show version"]],
    hostname: [["show hostname"]],
  },
  read: (command, answer, time) => READERS[command](answer, textIn(answer), time),
  partOf,
  routes: () => undefined,
};

export const EOS_COMMANDS = Object.keys(READERS) as readonly EapiCommand[];
