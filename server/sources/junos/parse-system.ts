import type { DeviceFacts } from "../../../lib/fabric/device.ts";
import type { Resources } from "../../../lib/fabric/resources.ts";
import { wordsOf } from "../switch/scalars.ts";
import { childrenOf, countOf, type Element, neededNamed, secondsOf, textOf } from "./element.ts";

/** `get-system-information`. @throws SyntaxError. */
export function parseSystem(reply: Element): DeviceFacts {
  const [told] = neededNamed(reply, "system-information");
  return facts(
    textOf(told, "host-name"),
    textOf(told, "os-version"),
    textOf(told, "hardware-model"),
    textOf(told, "serial-number"),
  );
}

/** `get-software-information`: the version stands in the comment of a package. @throws SyntaxError. */
export function parseSoftware(reply: Element): DeviceFacts {
  const [told] = neededNamed(reply, "software-information");
  const comments = childrenOf(told, "package-information").map((each) => textOf(each, "comment") ?? "");
  const release = comments.map((words) => /JUNOS[^[]*\[([^\]]{1,100})\]/i.exec(words)?.[1]).find((found) => found);
  return facts(
    textOf(told, "host-name"),
    textOf(told, "junos-version") ?? release,
    textOf(told, "product-model"),
    undefined,
  );
}

function facts(
  hostname: string | undefined,
  version: string | undefined,
  model: string | undefined,
  serial: string | undefined,
): DeviceFacts {
  const words = { hostname, version, model, serial };
  const told = Object.entries(words).flatMap(([key, text]) => {
    const clean = text === undefined ? undefined : wordsOf(text, 200);
    return clean ? [[key, clean] as const] : [];
  });
  return { system: "Junos", ...Object.fromEntries(told) };
}

/** `get-system-uptime-information`: when it booted, and what its clock showed. Of several engines the first. @throws SyntaxError. */
export function parseUptime(reply: Element): { startedAt?: number; clockAt?: number } {
  const [told] = neededNamed(reply, "system-uptime-information");
  const at = (name: string) => secondsOf(childrenOf(told, name)[0], "date-time");
  const booted = at("system-booted-time");
  const now = at("current-time");
  return {
    ...(booted !== undefined && { startedAt: booted * 1000 }),
    ...(now !== undefined && { clockAt: now * 1000 }),
  };
}

/** `get-route-engine-information`: of several engines the master. @throws SyntaxError. */
export function parseEngine(reply: Element): Resources {
  const engines = neededNamed(reply, "route-engine-information").flatMap((all) => childrenOf(all, "route-engine"));
  const told = engines.find((engine) => /master/i.test(textOf(engine, "mastership-state") ?? "")) ?? engines[0];
  if (!told) throw new SyntaxError("no <route-engine> in it");
  // `cpu-idle` is of now; the averages over a minute are steadier, where a release has them.
  const minute = countOf(told, "cpu-idle2");
  const idle = minute ?? countOf(told, "cpu-idle1") ?? countOf(told, "cpu-idle");
  const dram = /^(\d{1,9})/.exec(textOf(told, "memory-dram-size") ?? "")?.[1];
  const total = dram === undefined ? undefined : Number(dram) * 1024 * 1024;
  const usedPercent = countOf(told, "memory-buffer-utilization");
  const load = textOf(told, "load-average-one");
  return {
    ...(idle !== undefined && idle <= 100 && { cpuPercent: 100 - idle }),
    ...(minute !== undefined && { cpuWindowSec: 60 }),
    ...(load !== undefined && /^\d+(\.\d+)?$/.test(load) && { load1: Number(load) }),
    ...(total !== undefined && { memoryTotalBytes: total }),
    ...(total !== undefined &&
      usedPercent !== undefined &&
      usedPercent <= 100 && { memoryUsedBytes: Math.round((total * usedPercent) / 100) }),
  };
}
