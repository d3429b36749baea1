import Link from "next/link";
import type { Device } from "../../lib/fabric/device.ts";
import { freshness, type SourceHealth } from "../../lib/fabric/observation.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { instantText, spanText } from "../ui/format-time.ts";
import { Panel } from "../ui/panel.tsx";
import { filterOf } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";

/** What its sources say that the device is, and how those sources do. */
export function DeviceFactList({
  device,
  sources,
  view,
  now,
}: {
  device: Device;
  sources: readonly SourceHealth[];
  view: FabricView;
  now: number;
}) {
  const { hostname, system, version, model, serial, routerId, asn, startedAt, bgp } = device.facts;
  const facts: readonly (readonly [name: string, value: string | undefined, mono?: boolean])[] = [
    ["hostname", hostname],
    ["system", [system, version].filter(Boolean).join(" ") || undefined],
    ["model", model],
    ["serial", serial, true],
    ["AS", asn === undefined ? undefined : String(asn), true],
    ["router id", routerId, true],
    ["started", startedAt === undefined ? undefined : `${instantText(startedAt, now)}, ${spanText(now - startedAt)}`],
    ["BGP", bgp],
  ];
  const live = sources.map((source) => view.sources.get(source.id) ?? source);
  const old = live.length > 0 && live.every(({ lastOkAt, everyMs }) => freshness(lastOkAt, everyMs, now) !== "fresh");
  return (
    <Panel title="What it is" aside={live[0] && told(live[0], now)}>
      <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 px-4 py-2">
        <dt className="min-h-7 py-1 text-faint">role, rack</dt>
        <dd className="said py-1">
          {[device.role.replace("-", " "), device.rack && plainText(device.rack, 80)].filter(Boolean).join(", ")}
          <span className="text-faint"> by the inventory</span>
        </dd>
        {facts.map(([name, value, mono]) => (
          <div key={name} className="contents">
            <dt className="min-h-7 py-1 text-faint">{name}</dt>
            <dd className={`said py-1 ${mono ? "mono" : ""} ${value !== undefined && old ? "hatch" : ""}`}>
              {value === undefined ? (
                <span className="text-faint">
                  <span aria-hidden="true" title="not told">
                    –
                  </span>
                  <span className="sr-only">not told</span>
                </span>
              ) : (
                plainText(value, 200)
              )}
            </dd>
          </div>
        ))}
      </dl>
      <h3 className="border-t border-border px-4 pt-2 font-semibold">Sources</h3>
      {live.length === 0 ? (
        <p className="px-4 py-2 text-muted">Not observed: no source asks this device.</p>
      ) : (
        <ul className="py-1.5">
          {live.map((source) => {
            const silent = freshness(source.lastOkAt, source.everyMs, now) !== "fresh";
            return (
              <li key={source.id} className="px-4 py-1">
                <p className="flex gap-3">
                  <Link href={filterOf("sources", device.name)} className="said min-w-0 truncate hover:underline">
                    {plainText(source.id, 80)}
                  </Link>
                  <span className={`ml-auto whitespace-nowrap ${silent ? "text-unknown" : "text-faint"}`}>
                    {source.lastOkAt === undefined ? "never answered" : `${spanText(now - source.lastOkAt)} ago`}
                  </span>
                </p>
                <p className="said mono text-muted">{plainText(source.address, 120)}</p>
                {source.error && <p className="said text-muted">{plainText(source.error.text, 300)}</p>}
                {source.trouble?.map(({ part, text }) => (
                  <p key={part} className="said text-muted">
                    {plainText(part, 80)}: {plainText(text, 200)}
                  </p>
                ))}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function told({ id, lastOkAt }: SourceHealth, now: number): string {
  return lastOkAt === undefined ? "never told" : `by ${plainText(id, 40)}, ${spanText(now - lastOkAt)} ago`;
}
