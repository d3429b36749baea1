"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { sessionFilter } from "../../lib/view/session-filter.ts";
import type { DeviceRow, FabricView } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { useFilter } from "../shell/use-filter.ts";
import { WaitingForServer } from "../shell/waiting-for-server.tsx";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { buttonClass } from "../ui/button.tsx";
import { countText } from "../ui/count.ts";
import { Loading, Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { filterOf } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { TONE_TITLE, TONE_WORD } from "../ui/status-shapes.ts";
import { DeviceEvents } from "./device-events.tsx";
import { DeviceFactList } from "./device-fact-list.tsx";
import { DeviceLimits } from "./device-limits.tsx";
import { deviceLine } from "./device-rows.ts";
import { EvidenceTabs } from "./evidence-tabs.tsx";
import { InterfaceTable } from "./interface-table.tsx";
import { SessionList } from "./session-list.tsx";
import { useDeviceDetail } from "./use-detail.ts";
import { useSessionsAddress } from "./use-sessions-address.ts";

/** What fits beside the facts; the list of all sessions has the others. */
const COLUMNS_HERE = ["state", "near", "far", "as", "since", "received", "accepted", "advertised"] as const;

/** One device: what it is and who says so, its sessions, ports and answers. */
export function DeviceScreen({ name }: { name: string }) {
  const view = useFabric();
  if (!view) return <WaitingForServer what="the device" />;
  const device = view.devices.get(name);
  return device ? <Watched view={view} device={device} /> : <NoDevice name={name} />;
}

function Watched({ view, device }: { view: FabricView; device: DeviceRow }) {
  const asOf = useAsOf();
  const [q] = useFilter();
  const filter = useMemo(() => sessionFilter(q), [q]);
  const address = useSessionsAddress();
  const own = useMemo(
    () =>
      [...view.sessions.values()].filter(({ near, far }) => near.device === device.name || far.device === device.name),
    [view.sessions, device.name],
  );
  const rows = useMemo(
    () => own.filter((row) => filter.match(row, { now: asOf, sources: view.sources })),
    [own, filter, asOf, view.sources],
  );
  const line = deviceLine(view, device, own, asOf);
  const stamp = useMemo(() => ({ device, heardAt: line.heardAt }), [device, line.heardAt]);
  const { data, error } = useDeviceDetail(device.name, stamp);
  const name = plainText(device.name, 80);
  const quiet = line.status === "up";
  return (
    <div className="px-6 pt-4 pb-6 max-md:px-0">
      <PageTitle state={`${capital(TONE_WORD[line.status])} ${name}`} />
      <div className="mb-4 max-md:px-4">
        <nav aria-label="Where this stands" className="flex min-h-6 flex-wrap items-center gap-x-1 text-12 text-faint">
          <Link href="/devices" className="inline-flex min-h-6 items-center hover:text-text">
            Devices
          </Link>
          {device.rack !== undefined && (
            <>
              <ChevronRight aria-hidden="true" size={12} strokeWidth={1.5} />
              <Link
                href={filterOf("devices", device.rack)}
                className="inline-flex min-h-6 min-w-6 items-center hover:text-text"
              >
                {plainText(device.rack, 60)}
              </Link>
            </>
          )}
        </nav>
        <h1 className="flex min-w-0 items-center gap-3 max-md:text-20">
          {!quiet && <StatusMark tone={line.status} size={18} />}
          <span className="said min-w-0 normal-nums">
            {!quiet && <span className={TONE_TITLE[line.status]}>{capital(TONE_WORD[line.status])} </span>}
            {name}
          </span>
        </h1>
        <p className="mt-1 text-16 text-muted">
          {device.role.replace("-", " ")},{" "}
          {own.length === 0 ? "no session seen" : `${countText(line.up)} of ${countText(own.length)} sessions up`}.
          {line.watched === "not-observed" &&
            " Not observed: no source asks it, and all that stands here its neighbors tell."}
          {line.watched === "silent" &&
            " Its sources are silent: what stands here is as it was, or as its neighbors tell."}
        </p>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)] gap-4 max-xl:grid-cols-1 max-md:gap-2">
        {data ? (
          <DeviceFactList device={data.device} sources={data.sources} view={view} now={asOf} />
        ) : error ? (
          <Notice title="The server did not tell of this device.">{plainText(error.message, 300)}</Notice>
        ) : (
          <Loading what="the device" />
        )}
        <Panel title="Sessions" count={countText(rows.length)} className="flex h-104 flex-col">
          {rows.length === 0 ? (
            <Notice title={own.length === 0 ? "No session of it is seen." : "The filter hides all its sessions."} />
          ) : (
            <SessionList
              view={view}
              rows={rows}
              filter={filter}
              address={address}
              asOf={asOf}
              label={`Sessions of ${name}`}
              only={COLUMNS_HERE}
            />
          )}
        </Panel>
        {data && (
          <>
            <DeviceEvents events={data.events} now={asOf} />
            <InterfaceTable interfaces={data.device.interfaces} traffic={data.state.traffic?.value} now={asOf} />
            <DeviceLimits state={data.state} view={view} now={asOf} />
            <div className="col-span-full min-w-0">
              <EvidenceTabs evidence={data.evidence} needles={[]} now={asOf} />
            </div>
          </>
        )}
      </div>
    </div>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function NoDevice({ name }: { name: string }) {
  const shown = plainText(name, 100);
  return (
    <div className="px-2 pt-5 max-md:px-0">
      <PageTitle state={`No device ${shown}`} />
      <h1 className="said px-4 max-md:text-20">No such device: {shown}</h1>
      <Notice
        title="The inventory of this fabric does not name it."
        action={
          <Link href="/devices" className={buttonClass()}>
            All devices
          </Link>
        }
      >
        It may have been renamed or taken out of the configuration file.
      </Notice>
    </div>
  );
}
