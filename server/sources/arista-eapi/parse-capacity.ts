import { z } from "zod";
import type { Resources, TableUse } from "../../../lib/fabric/resources.ts";
import type { RouteCount, RouteProtocol } from "../../../lib/fabric/route.ts";
import { eachEntry, keyed } from "../switch/each-entry.ts";
import { count, freeText } from "../switch/scalars.ts";

const Table = z.object({
  table: freeText,
  feature: freeText.optional(),
  chip: freeText.optional(),
  used: count,
  usedPercent: count.optional(),
  maxLimit: count.optional(),
  highWatermark: count.optional(),
});
const Capacity = z.object({ tables: z.array(z.unknown()) });

/** `show hardware capacity`: a row for each table, feature and chip. @throws ZodError. */
export function parseCapacity(answer: unknown): TableUse[] {
  return eachEntry(Capacity.parse(answer).tables, Table, ["tables"]).flatMap(([, told]) => {
    const { table, feature, chip, used, usedPercent, maxLimit, highWatermark } = told;
    if (!table) return [];
    return [
      {
        table,
        ...(feature && { feature }),
        ...(chip && { chip }),
        used,
        ...(maxLimit && { max: maxLimit }),
        ...(usedPercent !== undefined && { usedPercent }),
        ...(highWatermark !== undefined && { highWatermark }),
      },
    ];
  });
}

/** Counters of `show ip route vrf all summary`, by protocol. */
const COUNTERS: readonly (readonly [key: string, protocol: RouteProtocol])[] = [
  ["connected", "connected"],
  ["static", "static"],
  ["bgp", "bgp"],
  ["ospf", "ospf"],
  ["ospfv3", "ospf"],
  ["isis", "isis"],
  ["rip", "rip"],
  ["aggregate", "aggregate"],
];

const Vrf = z.looseObject({ totalRoutes: count });
const Summary = z.object({ vrfs: keyed });
/** A protocol's counter is a number, or an object that adds up its kinds. */
const Counter = z.union([count, z.looseObject({}).transform((of) => sumOf(of))]);

/** `show ip route vrf all summary`, `show ipv6 route vrf all summary`. @throws ZodError. */
export function parseRouteCounts(answer: unknown, family: RouteCount["family"]): RouteCount[] {
  return eachEntry(Summary.parse(answer).vrfs, Vrf, ["vrfs"]).flatMap(([vrf, told]) => {
    const of = { vrf, family, table: "rib" } as const;
    const byProtocol = COUNTERS.flatMap(([key, protocol]): RouteCount[] => {
      const routes = Counter.safeParse(told[key]);
      return routes.success && routes.data !== undefined ? [{ ...of, protocol, routes: routes.data }] : [];
    });
    return [{ ...of, routes: told.totalRoutes }, ...byProtocol];
  });
}

/** `bgpCounts: { bgpTotal, bgpExternal, ... }`: the total where there is one. */
function sumOf(of: Readonly<Record<string, unknown>>): number | undefined {
  const total = Object.entries(of).find(([key]) => /total$/i.test(key))?.[1];
  return typeof total === "number" && Number.isSafeInteger(total) && total >= 0 ? total : undefined;
}

const Top = z.object({ cpuInfo: z.object({ "%Cpu(s)": z.object({ idle: z.number().min(0).max(100) }) }) });

/** `show processes top once`. Believed: no capture holds its JSON, which older releases do not have. @throws ZodError. */
export function parseTop(answer: unknown): Resources {
  const { idle } = Top.parse(answer).cpuInfo["%Cpu(s)"];
  return { cpuPercent: Math.round((100 - idle) * 100) / 100 };
}

/** The same as text. @throws SyntaxError. */
export function parseTopText(text: string): Resources {
  const idle = /^%?Cpu\(s\):.*?([\d.]+)\s*%?\s*id/m.exec(text)?.[1];
  if (idle === undefined || Number(idle) > 100) throw new SyntaxError('no line "Cpu(s): ... id" in it');
  const load = /load average:\s*([\d.]+)/.exec(text)?.[1];
  const [, total, unit] = /^(?:[KM]iB )?Mem ?:\s*([\d.]+)(k?) ?(?:\+)?total/m.exec(text) ?? [];
  const scale = /^MiB Mem/m.test(text) ? 1024 * 1024 : unit === "k" || /^KiB Mem/m.test(text) ? 1024 : undefined;
  const used = /^(?:[KM]iB )?Mem ?:.*?([\d.]+)k?\+? used/m.exec(text)?.[1];
  return {
    cpuPercent: Math.round((100 - Number(idle)) * 100) / 100,
    ...(load !== undefined && { load1: Number(load) }),
    ...(total !== undefined && scale && { memoryTotalBytes: Math.round(Number(total) * scale) }),
    ...(used !== undefined && scale && { memoryUsedBytes: Math.round(Number(used) * scale) }),
  };
}
