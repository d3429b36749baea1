"use client";

import type { Topology, TopologyRack } from "../../lib/view/topology.ts";
import type { TopologyLink } from "../../lib/view/topology-link.ts";
import { countText } from "../ui/count.ts";
import { instantText, spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import { TONE_WORD } from "../ui/status-shapes.ts";
import { Drawer } from "./drawer.tsx";
import { LinkList } from "./link-list.tsx";
import { tally } from "./subject-words.ts";

export function RackDrawer({
  rack,
  topology,
  now,
  onOpen,
  byKey,
  onClose,
}: {
  rack: TopologyRack;
  topology: Topology;
  now: number;
  onOpen: (link: TopologyLink) => void;
  byKey: boolean;
  onClose: () => void;
}) {
  const name = rack.name === undefined ? "Nodes without a rack" : `Rack ${plainText(rack.name, 60)}`;
  const members = new Set([...rack.leaves, ...rack.nodes]);
  const links = new Set([...members].flatMap((device) => topology.devices.get(device)?.links ?? []));
  const statuses = [...links].map((link) => link.status);
  return (
    <Drawer
      title={name}
      status={rack.status}
      aside={rack.status === "up" ? undefined : TONE_WORD[rack.status]}
      byKey={byKey}
      onClose={onClose}
    >
      <p className="said mb-1 text-16">
        {rack.nodes.length === 0
          ? "No node stands in it."
          : `${countText(rack.full)} of ${countText(rack.nodes.length)} nodes have every way out.`}{" "}
        {statuses.length > 0 && `${tally(statuses)}.`}
      </p>
      {rack.lastSeenAt !== undefined && (
        <p className="mb-1 text-muted">
          Nothing in it answers since {instantText(rack.lastSeenAt, now)}, {spanText(now - rack.lastSeenAt)} ago. What
          is shown is what its neighbors tell.
        </p>
      )}
      <h3 className="mt-5 mb-1 text-14 font-semibold">Sessions</h3>
      <LinkList links={[...links]} now={now} onOpen={onOpen} />
    </Drawer>
  );
}
