import { endsFrom, type Lab, type LabDevice, linksOf, podBlock } from "./description.ts";

/** What faults change in a node's configuration. */
export interface BirdTweaks {
  /** By protocol name; the right password stands in the description. */
  readonly passwords?: ReadonlyMap<string, string>;
  /** /26 blocks that the node announces beyond its own. */
  readonly extraBlocks?: number;
}

const FIRST_EXTRA_BLOCK = 512; // 10.244.128.0/26, above every node's own

export function zebraConfig(device: LabDevice): string {
  return frrHead(device, "zebra");
}

export function bfddConfig(device: LabDevice): string {
  return frrHead(device, "bfdd");
}

export function bgpdConfig(lab: Lab, device: LabDevice): string {
  const { timers, bfd, gracefulRestart, prefixLimit } = lab.options;
  const peers = linksOf(lab, device.name).map((link) => {
    const { there } = endsFrom(link, device.name);
    const peer = lab.devices.find((each) => each.name === there.device);
    return { address: there.address, name: there.device, asn: peer?.asn ?? device.asn, role: peer?.role, link };
  });
  const groupOf = (role: string | undefined) => (role === "node" ? "NODES" : "FABRIC");
  const groups = [...new Set(peers.map((peer) => groupOf(peer.role)))];

  return lines(
    frrHead(device, "bgpd").trimEnd(),
    "log timestamp precision 3",
    `router bgp ${device.asn}`,
    ` bgp router-id ${device.loopback}`,
    " bgp log-neighbor-changes",
    " no bgp ebgp-requires-policy",
    " bgp bestpath as-path multipath-relax",
    ` timers bgp ${timers.keepaliveSec} ${timers.holdSec}`,
    gracefulRestart && " bgp graceful-restart",
    ...groups.flatMap((group) => [
      ` neighbor ${group} peer-group`,
      ` neighbor ${group} timers connect 2`,
      bfd && ` neighbor ${group} bfd`,
    ]),
    // The remote AS stands on each neighbor: a member cannot override its group's, and a fault must.
    ...peers.flatMap(({ address, name, asn, role, link }) => [
      ` neighbor ${address} remote-as ${asn}`,
      ` neighbor ${address} peer-group ${groupOf(role)}`,
      ` neighbor ${address} description ${name}`,
      link.password && ` neighbor ${address} password ${link.password}`,
    ]),
    " address-family ipv4 unicast",
    `  network ${device.loopback}/32`,
    "  maximum-paths 16",
    // Nodes share one AS; without this each leaf's nodes drop each other's routes as loops, and all looks green.
    groups.includes("NODES") && "  neighbor NODES as-override",
    groups.includes("NODES") && prefixLimit !== undefined && `  neighbor NODES maximum-prefix ${prefixLimit}`,
    " exit-address-family",
    "exit",
  );
}

/** Shaped like the file that Calico's confd writes, in the dialect of the node's BIRD. */
export function birdConfig(lab: Lab, device: LabDevice, tweaks: BirdTweaks = {}): string {
  const two = device.daemon === "bird-2";
  const block = device.block ?? podBlock(0);
  const extra = Array.from({ length: tweaks.extraBlocks ?? 0 }, (_, index) => podBlock(FIRST_EXTRA_BLOCK + index));
  const { bfd, gracefulRestart, timers } = lab.options;
  const channel = ["import all;", "export filter calico_export_to_bgp_peers;", "add paths on;"];

  return lines(
    `log "${device.directory}/bird.log" all;`,
    "debug protocols { states };",
    `router id ${device.loopback};`,
    "function calico_aggr() {",
    `  if ( net = ${block} ) then accept;`,
    `  if ( net ~ ${block} ) then reject;`,
    "}",
    "filter calico_export_to_bgp_peers {",
    "  if source = RTS_BGP then reject;", // else a dual-homed node hands the routes of one ToR to the other
    "  calico_aggr();",
    `  if ( net = ${device.loopback}/32 ) then accept;`,
    "  if ( net ~ 10.244.0.0/16 ) then accept;",
    "  reject;",
    "}",
    "filter calico_kernel_programming { accept; }",
    "protocol static {",
    two && "  ipv4;",
    ...[block, ...extra].map((prefix) => `  route ${prefix} blackhole;`),
    "}",
    "protocol kernel {",
    "  learn; persist; scan time 2;",
    two
      ? "  ipv4 { import all; export filter calico_kernel_programming; };"
      : "  import all; export filter calico_kernel_programming;",
    gracefulRestart && "  graceful restart;",
    "  merge paths on;",
    "}",
    "protocol device { scan time 2; }",
    `protocol direct { ${two ? "ipv4; " : ""}interface -"cali*", -"kube-ipvs*", "*"; }`,
    bfd && 'protocol bfd { interface "*" { interval 300 ms; multiplier 3; }; }',
    "template bgp bgp_template {",
    '  description "Connection to BGP peer";',
    `  local as ${device.asn};`,
    "  direct;",
    bfd && "  bfd on;",
    ...(two ? [`  ipv4 { ${channel.join(" ")} };`] : channel.map((line) => `  ${line}`)),
    gracefulRestart && "  graceful restart on; graceful restart time 120;",
    `  connect delay time 1; connect retry time 3; error wait time ${timers.errorWaitSec.join(",")};`,
    "}",
    ...linksOf(lab, device.name).flatMap((link) => {
      const { here, there } = endsFrom(link, device.name);
      const name = link.protocol ?? "";
      const password = tweaks.passwords?.get(name) ?? link.password;
      const peerAs = lab.devices.find((each) => each.name === there.device)?.asn ?? 0;
      return [
        `protocol bgp ${name} from bgp_template {`,
        `  neighbor ${there.address} as ${peerAs};`,
        `  source address ${here.address};`,
        password !== undefined && `  password "${password}";`,
        "}",
      ];
    }),
  );
}

function frrHead(device: LabDevice, daemon: string): string {
  return lines(
    "frr defaults traditional",
    `hostname ${device.name}`,
    `log file ${device.directory}/${daemon}.log informational`,
  );
}

function lines(...parts: readonly (string | false | undefined)[]): string {
  return `${parts.filter((part) => part !== false && part !== undefined).join("\n")}\n`;
}
