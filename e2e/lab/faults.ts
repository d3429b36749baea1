import { readFile, writeFile } from "node:fs/promises";
import { askBird } from "./bird-control.ts";
import { run } from "./command.ts";
import { startBird, writeBirdConfig } from "./daemons.ts";
import { deviceOf, endsFrom, type Lab, type LabDevice, linkBetween, linksOf } from "./description.ts";
import { type Fault, faultWords, sameFault } from "./fault.ts";
import { askVty } from "./frr-vty.ts";
import { daemonPid, ipBatch, kill } from "./namespaces.ts";

const WRONG_PASSWORD = "not-the-same";
const WRONG_AS = 64999;
const EXTRA_BLOCKS = 40;

/** Faults that are in force, oldest first. */
export async function activeFaults(lab: Lab): Promise<Fault[]> {
  const text = await readFile(faultsFile(lab), "utf8").catch(() => "[]");
  return JSON.parse(text) as Fault[];
}

/** @throws Error when that very fault is in force already, or a daemon refuses; nothing is in force then that was not. */
export async function inject(lab: Lab, fault: Fault): Promise<void> {
  const active = await activeFaults(lab);
  if (active.some((other) => sameFault(other, fault))) throw new Error(`${faultWords(fault)} is in force already`);
  await turnAsOne(lab, fault, "on", { from: active, to: [...active, fault] });
}

/** @throws Error when that fault is not in force, or a daemon refuses. */
export async function heal(lab: Lab, fault: Fault): Promise<void> {
  const active = await activeFaults(lab);
  const rest = active.filter((other) => !sameFault(other, fault));
  if (rest.length === active.length) {
    const list = active.map(faultWords).join(", ") || "none";
    throw new Error(`${faultWords(fault)} is not in force; in force: ${list}`);
  }
  await turnAsOne(lab, fault, "off", { from: active, to: rest });
}

/** Heals all, newest first. @throws Error that tells of each which stays, after the others are healed. */
export async function healAll(lab: Lab): Promise<void> {
  const failures: string[] = [];
  for (const fault of (await activeFaults(lab)).toReversed()) {
    await heal(lab, fault).catch((cause: unknown) => {
      failures.push(`${faultWords(fault)} stays: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
  }
  if (failures.length > 0) throw new Error(failures.join("\n"));
}

/** A node's configuration is written from the list of faults in force, so the list changes first, and back on failure. */
async function turnAsOne(
  lab: Lab,
  fault: Fault,
  turned: "on" | "off",
  list: { readonly from: readonly Fault[]; readonly to: readonly Fault[] },
): Promise<void> {
  await remember(lab, list.to);
  try {
    await turn(lab, fault, turned === "on");
  } catch (cause) {
    await remember(lab, list.from);
    throw cause;
  }
}

async function turn(lab: Lab, fault: Fault, on: boolean): Promise<void> {
  const device = deviceOf(lab, fault.at);
  switch (fault.kind) {
    case "bird-killed":
      return on ? signalBird(device, "SIGKILL") : startBird(device);
    case "bird-frozen":
      return signalBird(device, on ? "SIGSTOP" : "SIGCONT");
    case "prefix-limit":
      return overflow(lab, device, on);
    default:
  }
  const link = linkBetween(lab, fault.at, fault.toward);
  const { here, there } = endsFrom(link, fault.at);
  switch (fault.kind) {
    case "link-down":
      return ipBatch([`link set ${here.interface} ${on ? "down" : "up"}`], device.namespace);
    case "blackhole":
      return blackhole(device, here.interface, on);
    case "wrong-md5": {
      if (device.daemon !== "frr") return configureBird(lab, device);
      const password = on ? WRONG_PASSWORD : link.password;
      if (password !== undefined) return configureFrr(device, `neighbor ${there.address} password ${password}`);
      return configureFrr(device, `no neighbor ${there.address} password`);
    }
    case "shut-on-tor": {
      const message = fault.text ? ` message ${fault.text}` : "";
      return configureFrr(device, `${on ? "" : "no "}neighbor ${there.address} shutdown${on ? message : ""}`);
    }
    case "bird-disable":
      return disable(device, link.protocol ?? "", on, fault.text);
    case "wrong-remote-as":
      return configureFrr(
        device,
        `neighbor ${there.address} remote-as ${on ? WRONG_AS : deviceOf(lab, fault.toward).asn}`,
      );
    default:
      return fault satisfies never;
  }
}

async function signalBird(device: LabDevice, signal: NodeJS.Signals): Promise<void> {
  const pid = await daemonPid(`${device.directory}/bird.pid`, device.namespace);
  if (pid === undefined) throw new Error(`${device.name} runs no BIRD to send ${signal} to`);
  kill(pid, signal);
}

/** A leaf that hit its limit stays down after the node withdraws, until somebody clears it (FRR 8.4.4). */
async function overflow(lab: Lab, device: LabDevice, on: boolean): Promise<void> {
  await configureBird(lab, device);
  if (on) return;
  for (const link of linksOf(lab, device.name)) {
    const { here, there } = endsFrom(link, device.name);
    const leaf = deviceOf(lab, there.device);
    await askVty(`${leaf.directory}/bgpd.vty`, "enable", `clear bgp ipv4 unicast ${here.address}`);
  }
}

async function blackhole(device: LabDevice, port: string, on: boolean): Promise<void> {
  const table = `labdrop-${port}`;
  const drop = (chain: string, hook: string, match: string) =>
    `chain ${chain} { type filter hook ${hook} priority -300;\n${match} "${port}" drop\n}`;
  const rules = `table inet ${table} {\n${drop("i", "input", "iifname")}\n${drop("o", "output", "oifname")}\n}\n`;
  const nft = ["ip", "netns", "exec", device.namespace, "nft"];
  await run(on ? [...nft, "-f", "-"] : [...nft, "delete", "table", "inet", table], on ? { stdin: rules } : {});
}

async function disable(device: LabDevice, protocol: string, on: boolean, text: string | undefined): Promise<void> {
  const words = device.daemon === "bird-2" && text ? ` "${text.replaceAll('"', "'")}"` : "";
  await askBird(`${device.directory}/bird.ctl`, on ? `disable ${protocol}${words}` : `enable ${protocol}`);
}

/** Writes the node's configuration with every fault of it that is in force, and has BIRD take it. */
async function configureBird(lab: Lab, device: LabDevice): Promise<void> {
  const passwords = new Map<string, string>();
  let extraBlocks = 0;
  for (const fault of await activeFaults(lab)) {
    if (fault.at !== device.name) continue;
    if (fault.kind === "prefix-limit") extraBlocks = EXTRA_BLOCKS;
    if (fault.kind !== "wrong-md5") continue;
    const { protocol } = linkBetween(lab, fault.at, fault.toward);
    if (protocol) passwords.set(protocol, WRONG_PASSWORD);
  }
  await writeBirdConfig(lab, device, { passwords, extraBlocks });
  await askBird(`${device.directory}/bird.ctl`, "configure");
}

async function configureFrr(device: LabDevice, line: string): Promise<void> {
  const steps = ["enable", "configure terminal", `router bgp ${device.asn}`, line, "end"];
  await askVty(`${device.directory}/bgpd.vty`, ...steps);
}

async function remember(lab: Lab, faults: readonly Fault[]): Promise<void> {
  await writeFile(faultsFile(lab), JSON.stringify(faults));
}

function faultsFile(lab: Lab): string {
  return `${lab.directory}/faults.json`;
}
