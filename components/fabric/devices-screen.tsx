"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useMemo, useRef } from "react";
import type { FabricView } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { useFilter } from "../shell/use-filter.ts";
import { WaitingForServer } from "../shell/waiting-for-server.tsx";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { ClearFilter } from "../ui/clear-filter.tsx";
import { counted, countText } from "../ui/count.ts";
import { matching } from "../ui/matching.ts";
import { Notice } from "../ui/notice.tsx";
import { pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StateTitle, stateText } from "../ui/state-title.tsx";
import { StatusWord } from "../ui/status-mark.tsx";
import { Age } from "../ui/when.tsx";
import { type DeviceLine, deviceLines, deviceTexts } from "./device-rows.ts";

const ROW_PX = 28;
const GRID =
  "grid grid-cols-[124px_minmax(120px,1.2fr)_120px_minmax(70px,0.6fr)_110px_minmax(120px,1fr)_110px_110px] max-md:grid-cols-[110px_minmax(0,1fr)_84px]";

/** Every device of the inventory, worst first; the frame's box filters it. */
export function DevicesScreen() {
  const view = useFabric();
  return view ? <Devices view={view} /> : <WaitingForServer what="the devices" />;
}

function Devices({ view }: { view: FabricView }) {
  const asOf = useAsOf();
  const [q, setQ] = useFilter();
  const lines = useMemo(() => deviceLines(view, asOf), [view, asOf]);
  const shown = useMemo(() => matching(lines, q, deviceTexts), [lines, q]);
  const counts = useMemo(() => {
    const sum = { down: 0, degraded: 0, unknown: 0, "admin-down": 0, up: 0 };
    for (const { status } of lines) sum[status] += 1;
    return sum;
  }, [lines]);
  return (
    <div className="flex h-full flex-col px-6 pt-5 max-md:px-0 max-md:pt-3.5">
      <PageTitle state={`Devices: ${stateText(counts, "device")}`} />
      <div className="mb-3.5 max-md:px-4">
        <StateTitle counts={counts} noun="device" />
        <p className="mt-0.5 text-14 text-muted">Degraded: some of its sessions are not up. Down: none is.</p>
      </div>
      <section
        aria-label="Devices"
        className="flex min-h-0 flex-1 flex-col rounded-t-panel border border-b-0 border-border bg-panel max-md:rounded-none"
      >
        {lines.length === 0 ? (
          <Notice title="No device is configured.">Devices come from the inventory of the configuration file.</Notice>
        ) : shown.length === 0 ? (
          <Notice
            title={`None of ${counted(lines.length, "device")} matches.`}
            action={<ClearFilter onClear={() => setQ("")} />}
          >
            All words must occur: a name, a role, a rack, an AS, a system, a state.
          </Notice>
        ) : (
          <DeviceTable lines={shown} now={asOf} />
        )}
        <footer className="flex min-h-8 items-center border-t border-border px-4 text-12 text-muted">
          {countText(shown.length)} of {counted(lines.length, "device")} shown
        </footer>
      </section>
    </div>
  );
}

function DeviceTable({ lines, now }: { lines: readonly DeviceLine[]; now: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={scroller} tabIndex={0} className="min-h-0 flex-1 overflow-auto -outline-offset-2">
      <table className="grid" aria-rowcount={lines.length + 1} aria-label="Devices">
        <thead className="sticky top-0 z-10 grid bg-panel">
          <tr
            aria-rowindex={1}
            className={`${GRID} h-7 items-center border-b border-border px-4 text-left text-12 text-faint`}
          >
            {["State", "Device", "Role", "Rack", "AS", "System", "Sessions up", "Age"].map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`font-normal ${at > 5 ? "text-right" : ""} ${HIDDEN.has(at) ? "max-md:hidden" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative grid" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            return line && <Row key={line.device.name} line={line} now={now} top={start} index={index} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Columns that a phone has no place for. */
const HIDDEN: ReadonlySet<number> = new Set([2, 3, 4, 5, 7]);

function Row({ line, now, top, index }: { line: DeviceLine; now: number; top: number; index: number }) {
  const { device, sessions, up, status, watched, heardAt } = line;
  const system = [device.system, device.version].filter(Boolean).join(" ");
  return (
    <tr
      aria-rowindex={index + 2}
      className={`${GRID} absolute inset-x-0 items-center border-b border-border/55 px-4 hover:bg-raised`}
      style={{ transform: `translateY(${top}px)`, height: ROW_PX }}
    >
      <td>
        <StatusWord tone={status} {...(status === "admin-down" && { word: "shut" })} />
      </td>
      <td className="min-w-0">
        <Link
          href={pathTo("devices", device.name)}
          prefetch={false}
          className="said flex min-h-6 items-center truncate hover:underline"
          title={plainText(device.name, 100)}
        >
          {plainText(device.name, 80)}
        </Link>
      </td>
      <td className="text-muted max-md:hidden">{device.role.replace("-", " ")}</td>
      <td className="said truncate text-muted max-md:hidden">{device.rack && plainText(device.rack, 60)}</td>
      <td className="mono text-muted max-md:hidden">{device.asn}</td>
      <td className="said truncate text-muted max-md:hidden">{system && plainText(system, 60)}</td>
      <td className={`text-right ${up < sessions.length ? "" : "text-muted"}`}>
        {sessions.length === 0 ? (
          <span className="text-faint">none seen</span>
        ) : (
          `${countText(up)} of ${countText(sessions.length)}`
        )}
      </td>
      <td className={`text-right max-md:hidden ${watched === "silent" ? "text-unknown" : "text-faint"}`}>
        {watched === "not-observed" ? (
          "not observed"
        ) : heardAt === undefined ? (
          "never heard"
        ) : (
          <Age at={heardAt} now={now} />
        )}
      </td>
    </tr>
  );
}
