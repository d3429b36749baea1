import { mkdir, writeFile } from "node:fs/promises";
import { askBird } from "./bird-control.ts";
import { eachOf } from "./command.ts";
import type { Lab, LabDevice } from "./description.ts";
import { faultWords } from "./fault.ts";
import { activeFaults } from "./faults.ts";
import { askVty } from "./frr-vty.ts";

/** Never `show bgp neighbors graceful-restart json`: it aborts bgpd 8.4.4. */
const FRR_QUESTIONS = [
  { daemon: "bgpd", command: "show bgp vrf all summary json" },
  { daemon: "bgpd", command: "show bgp summary json" },
  { daemon: "bgpd", command: "show bgp neighbors json" },
  { daemon: "bgpd", command: "show version" },
  { daemon: "zebra", command: "show interface json" },
  { daemon: "bfdd", command: "show bfd peers json" },
] as const;

const BIRD_QUESTIONS = [
  "show status",
  "show protocols",
  "show protocols all",
  "show interfaces",
  "show bfd sessions",
  "show route count",
] as const;

/**
 * Asks every device of the lab and writes the raw answers to `<into>/<device>/<command>`, with a `provenance.json`
 * that tells daemon, version, date, and the faults in force.
 */
export async function capture(lab: Lab, into: string): Promise<void> {
  const takenAt = new Date().toISOString();
  const faults = (await activeFaults(lab)).map(faultWords);
  const versions = new Map<string, string>();

  await eachOf(lab.devices, 4, async (device) => {
    const answers = device.daemon === "frr" ? await captureFrr(lab, device) : await captureBird(lab, device);
    await mkdir(`${into}/${device.name}`, { recursive: true });
    for (const [file, answer] of answers) {
      // latin1 carries every byte of the daemon's answer as it was
      await writeFile(`${into}/${device.name}/${file}`, answer, file.endsWith(".json") ? "utf8" : "latin1");
    }
    versions.set(device.name, versionIn(answers));
  });
  const devices = lab.devices.map(({ name, role, rack, asn }) => {
    return { name, role, rack, asn, daemon: versions.get(name) };
  });
  const provenance = { how: "captured from the lab of e2e/lab", takenAt, faults, options: lab.options, devices };
  await writeFile(`${into}/provenance.json`, `${JSON.stringify(provenance, null, 2)}\n`);
}

async function captureFrr(lab: Lab, { directory }: LabDevice): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const { daemon, command } of FRR_QUESTIONS) {
    if (daemon === "bfdd" && !lab.options.bfd) continue;
    // bfdd 8.4.4 knows its show commands only after `enable`.
    const first = daemon === "bfdd" ? ["enable"] : [];
    answers.set(fileName(command), await askVty(`${directory}/${daemon}.vty`, ...first, command));
  }
  return answers;
}

async function captureBird(lab: Lab, { directory }: LabDevice): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const command of BIRD_QUESTIONS) {
    if (command === "show bfd sessions" && !lab.options.bfd) continue;
    const answer = await askBird(`${directory}/bird.ctl`, command).catch(silence);
    answers.set(fileName(command), answer);
  }
  return answers;
}

/** A node whose BIRD is dead or frozen is part of the story: its file then holds the reason. */
function silence(cause: unknown): string {
  return `# no answer: ${cause instanceof Error ? cause.message : String(cause)}\n`;
}

function versionIn(answers: ReadonlyMap<string, string>): string {
  const told = answers.get("show-version.txt") ?? answers.get("show-status.txt") ?? "";
  return /FRRouting [\d.]+\S*|BIRD \d[\d.]*/.exec(told)?.[0] ?? "not told";
}

function fileName(command: string): string {
  const json = command.endsWith(" json");
  return `${command.replace(/ json$/, "").replaceAll(" ", "-")}.${json ? "json" : "txt"}`;
}
