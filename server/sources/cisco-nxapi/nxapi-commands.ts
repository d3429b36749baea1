/**
 * Every command that may be sent to a switch: nothing else leaves the client, whatever is asked of it. All of them only show.
 * `text`: NX-OS has no structured form of it.
 */
const FORM = {
  "show version": "json",
  "show bgp all summary vrf all": "json",
  "show bgp sessions vrf all": "json",
  "show bgp all neighbors vrf all": "json",
  "show bfd neighbors details": "json",
  "show interface": "json",
  "show ip interface vrf all": "json",
  "show ipv6 interface vrf all": "json",
  "show lldp neighbors detail": "json",
  "show lldp neighbors": "json",
  "show system resources": "json",
  "show ip route summary vrf all": "text",
  "show ipv6 route summary vrf all": "text",
  "show ip arp detail vrf all": "json",
  "show mac address-table": "json",
} as const satisfies Readonly<Record<string, "json" | "text">>;

/** Commands that hold a VRF or a neighbor, in which nothing but a name or an address may stand. */
const ROUTES =
  /^show (?:ip|ipv6) route vrf [\w.-]{1,64}$|^show bgp vrf [\w.-]{1,64} all neighbors [0-9a-fA-F:.]{2,45} (?:advertised-|received-)?routes$/;

export type FixedCommand = keyof typeof FORM;
export type NxosCommand = FixedCommand | `show ${"ip" | "ipv6"} route vrf ${string}` | `show bgp vrf ${string}`;

/** @throws RangeError for a command that is not on the list. */
export function formOf(command: NxosCommand): "json" | "text" {
  if (Object.hasOwn(FORM, command)) return FORM[command as FixedCommand];
  if (!ROUTES.test(command)) throw new RangeError(`${command}: not on the list of commands that we send`);
  return command.startsWith("show bgp ") ? "text" : "json";
}
