/**
 * Every command that may be sent to a switch: nothing else leaves the client, whatever is asked of it. All of them only
 * show. Revisions are pinned (those of ANTA), so that an upgrade of the switch does not change the shape under us.
 */
const REVISION = {
  "show version": undefined,
  "show hostname": undefined,
  "show bgp summary vrf all": 1,
  "show ip bgp summary vrf all": undefined,
  "show ipv6 bgp summary vrf all": undefined,
  "show bgp neighbors vrf all": 2,
  "show ip bgp neighbors vrf all": undefined,
  "show ipv6 bgp peers vrf all": undefined,
  "show bfd peers": 1,
  "show bfd peers detail": 1,
  "show interfaces": undefined,
  "show ip interface": undefined,
  "show ip interface brief": undefined,
  "show lldp neighbors": undefined,
  "show lldp neighbors detail": undefined,
  "show processes top once": undefined,
  "show hardware capacity": undefined,
  "show ip route vrf all summary": undefined,
  "show ipv6 route vrf all summary": undefined,
  "show arp vrf all": undefined,
  "show mac address-table": undefined,
} as const satisfies Readonly<Record<string, number | undefined>>;

/** Commands that hold a VRF or a neighbor, in which nothing but a name or an address may stand. */
const ROUTES =
  /^show (?:ip|ipv6) route vrf [\w.-]{1,64}$|^show (?:ip )?bgp neighbors [0-9a-fA-F:.]{2,45} (?:advertised-|received-)?routes vrf [\w.-]{1,64}$/;

export type FixedCommand = keyof typeof REVISION;
export type EapiCommand =
  | FixedCommand
  | `show ${"ip" | "ipv6"} route vrf ${string}`
  | `show ${"" | "ip "}bgp neighbors ${string} vrf ${string}`;

/** How `runCmds` wants it. @throws RangeError for a command that is not on the list. */
export function onTheWire(command: EapiCommand): string | { readonly cmd: string; readonly revision: number } {
  if (!Object.hasOwn(REVISION, command)) {
    if (ROUTES.test(command)) return command;
    throw new RangeError(`${command}: not on the list of commands that we send`);
  }
  const revision = REVISION[command as FixedCommand];
  return revision === undefined ? command : { cmd: command, revision };
}
