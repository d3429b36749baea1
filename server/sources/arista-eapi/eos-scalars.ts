/**
 * Seconds of the device's clock as an instant of ours. 0 stands for "never" in EOS.
 * `skewMs`: how far the device's clock is ahead of ours.
 */
export function instant(epochSec: number | undefined, skewMs: number): number | undefined {
  return epochSec === undefined || epochSec <= 0 ? undefined : Math.round(epochSec * 1000) - skewMs;
}

const LONG_NAME: Readonly<Record<string, string>> = {
  Et: "Ethernet",
  Lo: "Loopback",
  Ma: "Management",
  Po: "Port-Channel",
  Vl: "Vlan",
  Vx: "Vxlan",
};

/** `Et3/1` as `show interfaces` names it: `Ethernet3/1`. */
export function longInterfaceName(name: string): string {
  const short = /^([A-Z][a-z])(\d.*)$/.exec(name);
  const long = short && LONG_NAME[short[1] ?? ""];
  return long ? `${long}${short[2]}` : name;
}
