import { readdir, readFile, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { eachOf, run } from "./command.ts";
import { endsFrom, type Lab, linksOf } from "./description.ts";

const NETNS = "/run/netns";

/** Makes every namespace and cable of the lab. Both ends of a cable are born inside, so the machine's own namespace sees none. */
export async function makeNamespaces(lab: Lab): Promise<void> {
  const namespaceOf = new Map(lab.devices.map((device) => [device.name, device.namespace]));
  const batch = [
    ...lab.devices.map((device) => `netns add ${device.namespace}`),
    ...lab.links.map(({ lower, upper }) => {
      const near = `${lower.interface} netns ${namespaceOf.get(lower.device)}`;
      const far = `${upper.interface} netns ${namespaceOf.get(upper.device)}`;
      return `link add ${near} type veth peer name ${far}`;
    }),
  ];
  await ipBatch(batch);

  await eachOf(lab.devices, 4, async (device) => {
    const ports = linksOf(lab, device.name).map((link) => endsFrom(link, device.name).here);
    const wires = ports.flatMap((port) => [
      `addr add ${port.address}/31 dev ${port.interface}`,
      `link set ${port.interface} up`,
    ]);
    await ipBatch(["link set lo up", `addr add ${device.loopback}/32 dev lo`, ...wires], device.namespace);
  });
}

/** Runs a batch of `ip` commands, inside `namespace` where given. */
export async function ipBatch(commands: readonly string[], namespace?: string): Promise<void> {
  if (commands.length === 0) return;
  const where = namespace === undefined ? [] : ["-n", namespace];
  await run(["ip", ...where, "-batch", "-"], { stdin: `${commands.join("\n")}\n` });
}

/** Runs a shell script inside a namespace. */
export function runInside(namespace: string, script: string): Promise<string> {
  return run(["ip", "netns", "exec", namespace, "/bin/sh", "-eu", "-c", script]);
}

/** Names of the namespaces that begin with `prefix`. */
export async function namespacesOf(prefix: string): Promise<string[]> {
  const names = await readdir(NETNS).catch((): string[] => []);
  return names.filter((name) => name.startsWith(prefix));
}

/**
 * Processes whose network namespace is one of these. A namespace is known by its inode, so a daemon without pid file
 * is found too, and no process outside is ever among them.
 */
export async function pidsInside(namespaces: readonly string[]): Promise<number[]> {
  const own = await namespaceKey("/proc/self/ns/net");
  const keys = new Set<string>();
  for (const name of namespaces) {
    const key = await namespaceKey(`${NETNS}/${name}`);
    if (key !== undefined && key !== own) keys.add(key);
  }
  if (keys.size === 0) return [];

  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const inside = await Promise.all(
    pids.map(async (pid) => {
      const key = await namespaceKey(`/proc/${pid}/ns/net`);
      return key !== undefined && keys.has(key) ? [Number(pid)] : [];
    }),
  );
  return inside.flat();
}

/** The pid in a daemon's pid file, if that process lives and stands in `namespace`: pids are reused. */
export async function daemonPid(pidFile: string, namespace: string): Promise<number | undefined> {
  const text = await readFile(pidFile, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  if (!(pid > 1)) return undefined;
  const [where, expected] = await Promise.all([
    namespaceKey(`/proc/${pid}/ns/net`),
    namespaceKey(`${NETNS}/${namespace}`),
  ]);
  return where !== undefined && where === expected ? pid : undefined;
}

/**
 * Kills what runs in the namespaces, then deletes them; cables go with them. The order matters: a namespace that lost
 * its name while a process stands in it lives on unseen.
 */
export async function removeNamespaces(prefix: string): Promise<void> {
  const names = await namespacesOf(prefix);
  for (let round = 0; ; round++) {
    const pids = await pidsInside(names);
    if (pids.length === 0) break;
    if (round === 200) throw new Error(`processes ${pids.join(", ")} in ${prefix}* outlive SIGKILL`);
    for (const pid of pids) kill(pid, "SIGKILL");
    await delay(10);
  }
  try {
    await ipBatch(names.map((name) => `netns del ${name}`));
  } catch (cause) {
    // The keeper of a lab that was killed tears it down as well: whoever came second finds nothing left, and that is well.
    if ((await namespacesOf(prefix)).length > 0) throw cause;
  }
}

/** Sends a signal; a process that has ended meanwhile is no error. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ESRCH")) throw cause;
  }
}

async function namespaceKey(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}
