import { z } from "zod";
import type { Resources } from "../../../lib/fabric/resources.ts";
import { rowsOf } from "./nxos-rows.ts";
import { maybeCount } from "./nxos-scalars.ts";

const share = z.union([z.number(), z.string().transform(Number)]).refine((n) => n >= 0 && n <= 100, "no share of 100");
const load = z.union([z.number(), z.string().transform(Number)]).refine((n) => n >= 0, "no load");

const Answer = z.looseObject({
  load_avg_1min: load.optional(),
  cpu_state_idle: share.optional(),
  memory_usage_total: maybeCount,
  memory_usage_used: maybeCount,
});

/** `show system resources`; memory in kB. @throws ZodError or SyntaxError for anything else. */
export function parseResources(answer: unknown): Resources {
  const told = Answer.parse(answer);
  if (told.cpu_state_idle === undefined && told.memory_usage_total === undefined) {
    throw new SyntaxError("neither cpu_state_idle nor memory_usage_total in it");
  }
  const cores = rowsOf(told, "cpu_usage").length;
  return resources(told.cpu_state_idle, told.load_avg_1min, cores, told.memory_usage_total, told.memory_usage_used);
}

/** The same as text. @throws SyntaxError. */
export function parseResourcesText(text: string): Resources {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const idle = number(/^CPU states\s*:.*?([\d.]+)% idle/m);
  const total = number(/^Memory usage:\s*(\d+)K total/m);
  if (idle === undefined && total === undefined) throw new SyntaxError('neither "CPU states" nor "Memory usage" in it');
  const cores = [...text.matchAll(/^\s+CPU\d+ states/gm)].length;
  return resources(idle, number(/1 minute:\s*([\d.]+)/), cores, total, number(/^Memory usage:.*?(\d+)K used/m));
}

function resources(
  idle: number | undefined,
  load1: number | undefined,
  cores: number,
  totalKb: number | undefined,
  usedKb: number | undefined,
): Resources {
  return {
    ...(idle !== undefined && { cpuPercent: Math.round((100 - idle) * 100) / 100 }),
    ...(cores > 0 && { cores }),
    ...(load1 !== undefined && { load1 }),
    ...(totalKb !== undefined && { memoryTotalBytes: totalKb * 1024 }),
    ...(usedKb !== undefined && { memoryUsedBytes: usedKb * 1024 }),
  };
}
