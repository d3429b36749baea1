import { mkdir, rm, writeFile } from "node:fs/promises";
import { findBird16 } from "./bird-16.ts";
import { eachOf, run } from "./command.ts";
import { type BirdTweaks, bfddConfig, bgpdConfig, birdConfig, zebraConfig } from "./config.ts";
import type { Lab, LabDevice } from "./description.ts";
import { runInside } from "./namespaces.ts";

const SYSCTLS = [
  "echo 1 > /proc/sys/net/ipv4/ip_forward",
  "echo 1 > /proc/sys/net/ipv4/fib_multipath_hash_policy",
  "for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done",
];

/** Writes every device's configuration. FRR's daemons run as user frr and must own their directory. */
export async function writeConfigs(lab: Lab): Promise<void> {
  await mkdir(lab.directory, { recursive: true });
  await eachOf(lab.devices, 8, async (device) => {
    await mkdir(`${device.directory}/tmp`, { recursive: true });
    if (device.daemon !== "frr") return writeBirdConfig(lab, device);
    await writeFile(`${device.directory}/zebra.conf`, zebraConfig(device));
    await writeFile(`${device.directory}/bgpd.conf`, bgpdConfig(lab, device));
    await writeFile(`${device.directory}/bfdd.conf`, bfddConfig(device));
  });
  const routers = lab.devices.filter((device) => device.daemon === "frr").map((device) => device.directory);
  await run(["chown", "-R", "frr:frr", ...routers]);
}

export async function writeBirdConfig(lab: Lab, device: LabDevice, tweaks?: BirdTweaks): Promise<void> {
  await writeFile(`${device.directory}/bird.conf`, birdConfig(lab, device, tweaks));
}

export async function startDaemons(lab: Lab): Promise<void> {
  await eachOf(lab.devices, 4, async (device) => {
    const start = device.daemon === "frr" ? frrStart(lab, device) : await birdStart(device);
    await runInside(device.namespace, [...SYSCTLS, ...start].join("\n"));
  });
}

export async function startBird(device: LabDevice): Promise<void> {
  await rm(`${device.directory}/bird.ctl`, { force: true });
  await runInside(device.namespace, (await birdStart(device)).join("\n"));
}

function frrStart(lab: Lab, { directory }: LabDevice): string[] {
  const daemons = lab.options.bfd ? ["zebra", "bgpd", "bfdd"] : ["zebra", "bgpd"];
  const starts = daemons.map((daemon) => {
    const files = `-f ${directory}/${daemon}.conf -i ${directory}/${daemon}.pid --vty_socket ${directory}`;
    const more = daemon === "bfdd" ? `--bfdctl ${directory}/bfdd.sock` : "";
    return `/usr/lib/frr/${daemon} -d ${files} -z ${directory}/zserv.api -P 0 ${more}`;
  });
  // A killed daemon leaves its scratch directory in /var/tmp. `ip netns exec` gave us mounts of our own, so what the
  // daemons take for /var/tmp can lie in the lab's directory and go with it.
  return [`mount --bind ${directory}/tmp /var/tmp`, ...starts];
}

async function birdStart({ daemon, directory }: LabDevice): Promise<string[]> {
  const program = daemon === "bird-1.6" ? await bird16() : "/usr/sbin/bird";
  return [`${program} -c ${directory}/bird.conf -s ${directory}/bird.ctl -P ${directory}/bird.pid`];
}

async function bird16(): Promise<string> {
  const found = await findBird16();
  if ("missing" in found) throw new Error(found.missing);
  return found.program;
}
