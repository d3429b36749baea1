"use client";

import { holds } from "../../lib/fabric/session.ts";
import { directionsOf, type Topology, type TopologyDevice } from "../../lib/view/topology.ts";
import type { TopologyLink } from "../../lib/view/topology-link.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { instantText, spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import { TONE_WORD } from "../ui/status-shapes.ts";
import { Drawer } from "./drawer.tsx";
import { LinkList } from "./link-list.tsx";
import { tally } from "./subject-words.ts";

export function DeviceDrawer({
  device,
  topology,
  view,
  now,
  onOpen,
  byKey,
  onClose,
}: {
  device: TopologyDevice;
  topology: Topology;
  view: FabricView;
  now: number;
  onOpen: (link: TopologyLink) => void;
  byKey: boolean;
  onClose: () => void;
}) {
  const row = view.devices.get(device.name);
  const sources = (row?.sources ?? []).flatMap((id) => view.sources.get(id) ?? []);
  const name = plainText(device.name, 60);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["role", device.role.replace("-", " ")],
    ["rack", device.rack === "" ? undefined : device.rack],
    ["AS", row?.asn === undefined ? undefined : String(row.asn)],
    ["router id", row?.routerId],
    ["system", [row?.system, row?.version].filter(Boolean).join(" ") || undefined],
    [
      "started",
      row?.startedAt === undefined ? undefined : `${instantText(row.startedAt, now)}, ${spanText(now - row.startedAt)}`,
    ],
    ["BGP", row?.bgp === "off" ? "not configured" : undefined],
  ];
  return (
    <Drawer
      title={name}
      status={device.status}
      aside={device.status === "up" ? undefined : TONE_WORD[device.status]}
      open={{ href: `/devices/${encodeURIComponent(device.name)}`, label: "Open device" }}
      byKey={byKey}
      onClose={onClose}
    >
      <p className="said mb-4 text-16">{sentence(device, name, topology, now)}</p>
      <dl className="grid grid-cols-[100px_minmax(0,1fr)]">
        {facts.map(([term, told]) =>
          told === undefined ? null : (
            <div key={term} className="col-span-2 grid min-h-7 grid-cols-subgrid border-t border-border py-1">
              <dt className="text-faint">{term}</dt>
              <dd className="said min-w-0">{plainText(told, 120)}</dd>
            </div>
          ),
        )}
        {sources.map((source) => (
          <div key={source.id} className="col-span-2 grid min-h-7 grid-cols-subgrid border-t border-border py-1">
            <dt className="text-faint">seen by</dt>
            <dd className="said min-w-0">
              {plainText(source.kind, 40)},{" "}
              {source.lastOkAt === undefined ? "never answered" : `${spanText(now - source.lastOkAt)} ago`}
              {source.error && <span className="block text-muted">{plainText(source.error.text, 240)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-5 mb-1 text-14 font-semibold">Sessions</h3>
      <LinkList links={device.links} of={device.name} now={now} onOpen={onOpen} />
    </Drawer>
  );
}

/** State first; then what is left. */
function sentence(device: TopologyDevice, name: string, topology: Topology, now: number): string {
  const told = tally(device.links.map((link) => link.status));
  if (device.silent) {
    const since =
      device.seenAt === undefined ? "has never answered" : `has not answered for ${spanText(now - device.seenAt)}`;
    return device.links.length > 0
      ? `${name} ${since}. Its neighbors tell of ${told}.`
      : `${name} ${since}, and no neighbor tells of it.`;
  }
  if (device.links.length === 0) return `${name} has no session.`;
  const { up } = directionsOf(device, topology.shape);
  if (device.tier !== "node" || up.length === 0) return `${name}: ${told}.`;
  const ways = up.filter((link) => holds(link.status)).map((link) => plainText(link.far, 60));
  if (ways.length === 0) return `${name} has no way out: ${told}.`;
  if (ways.length < up.length) return `${name} still reaches ${ways.join(" and ")}: ${told}.`;
  return `${name} reaches ${ways.join(" and ")}.`;
}
