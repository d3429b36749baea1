import { ADDRESS_FAMILY_NAME } from "../../lib/bgp/address-family.ts";
import type { DeviceState, Told } from "../../lib/fabric/device-state.ts";
import { freshness } from "../../lib/fabric/observation.ts";
import type { TableUse } from "../../lib/fabric/resources.ts";
import type { RouteCount } from "../../lib/fabric/route.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { countText, scaledText } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";

const TABLES_SHOWN = 12;

interface Line {
  readonly name: string;
  readonly value: string;
  readonly told: Told<unknown>;
}

/** Processor, memory, routes and hardware tables, as far as a source tells them; nothing where none does. */
export function DeviceLimits({ state, view, now }: { state: DeviceState; view: FabricView; now: number }) {
  const lines = [...ofResources(state), ...ofRoutes(state), ...ofTables(state)];
  if (lines.length === 0) return null;
  const oldest = Math.min(...lines.map(({ told }) => told.observedAt));
  return (
    <Panel title="What it carries" aside={`oldest of ${spanText(now - oldest)} ago`} className="col-span-full min-w-0">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(300px,1fr))] gap-x-6 px-4 py-2">
        {lines.map(({ name, value, told }) => (
          <div key={name} className="grid min-h-7 grid-cols-[144px_minmax(0,1fr)] gap-x-3 py-1">
            <dt className="said text-faint">{plainText(name, 80)}</dt>
            <dd
              className={`said ${isOld(told, view, now) ? "hatch" : ""}`}
              title={`by ${plainText(told.source, 60)}, ${spanText(now - told.observedAt)} ago`}
            >
              {plainText(value, 120)}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Asked less often than the sessions: it is old when its source is, not because it is a minute of age. */
function isOld({ source }: Told<unknown>, view: FabricView, now: number): boolean {
  const health = view.sources.get(source);
  return !health || freshness(health.lastOkAt, health.everyMs, now) !== "fresh";
}

function ofResources({ resources: told }: DeviceState): Line[] {
  if (!told) return [];
  const { cpuPercent, cpuWindowSec, cores, load1, memoryTotalBytes, memoryUsedBytes, bgpMemoryBytes } = told.value;
  const lines: [name: string, value: string | undefined][] = [
    [
      "processor",
      cpuPercent === undefined
        ? undefined
        : [`${cpuPercent} % busy`, cpuWindowSec && `over ${spanText(cpuWindowSec * 1000)}`, cores && `${cores} cores`]
            .filter(Boolean)
            .join(", "),
    ],
    ["load, 1 min", load1 === undefined ? undefined : String(load1)],
    ["memory", memoryText(memoryUsedBytes, memoryTotalBytes)],
    ["memory of BGP", bgpMemoryBytes === undefined ? undefined : `${scaledText(bgpMemoryBytes)}B`],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, told }]));
}

function memoryText(used: number | undefined, total: number | undefined): string | undefined {
  if (total === undefined) return used === undefined ? undefined : `${scaledText(used)}B used`;
  if (used === undefined) return `${scaledText(total)}B`;
  return `${scaledText(used)}B of ${scaledText(total)}B used`;
}

function ofRoutes({ routeCounts: told }: DeviceState): Line[] {
  if (!told) return [];
  return told.value
    .filter(({ protocol }) => protocol === undefined)
    .map((all) => {
      const bgp = told.value.find((one) => one.protocol === "bgp" && sameTable(one, all));
      const vrf = all.vrf === "default" ? "" : `, ${all.vrf}`;
      const own = bgp ? `, ${countText(bgp.routes)} by BGP` : "";
      return { name: `${ADDRESS_FAMILY_NAME[all.family]} routes${vrf}`, value: `${countText(all.routes)}${own}`, told };
    });
}

function sameTable(a: RouteCount, b: RouteCount): boolean {
  return a.vrf === b.vrf && a.family === b.family && a.table === b.table;
}

/** Fullest first. */
function ofTables({ tables: told }: DeviceState): Line[] {
  if (!told) return [];
  const share = (one: TableUse) => one.usedPercent ?? (one.max ? (100 * one.used) / one.max : 0);
  return told.value
    .toSorted((a, b) => share(b) - share(a))
    .slice(0, TABLES_SHOWN)
    .map((one) => ({
      name: [one.table, one.feature, one.chip].filter(Boolean).join(" "),
      value: `${countText(one.used)}${one.max === undefined ? "" : ` of ${countText(one.max)}`}, ${Math.round(share(one))} %`,
      told,
    }));
}
