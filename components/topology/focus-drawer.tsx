"use client";

import type { Topology } from "../../lib/view/topology.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { plainText } from "../ui/plain-text.ts";
import { DeviceDrawer } from "./device-drawer.tsx";
import { Drawer } from "./drawer.tsx";
import type { Focus } from "./focus.ts";
import { RackDrawer } from "./rack-drawer.tsx";
import { SessionDrawer } from "./session-drawer.tsx";

/** The drawer of whatever the address has in focus. */
export function FocusDrawer({
  focus,
  topology,
  view,
  now,
  onFocus,
  byKey,
}: {
  focus: Focus;
  topology: Topology;
  view: FabricView;
  now: number;
  onFocus: (focus: string | null) => void;
  /** It was opened by a key: it takes the focus. */
  byKey: boolean;
}) {
  const onClose = () => onFocus(null);
  const onOpen = ({ sessions: [worst] }: { sessions: readonly { id: string }[] }) => worst && onFocus(worst.id);
  switch (focus.kind) {
    case "session":
      return <SessionDrawer key={focus.row.id} row={focus.row} now={now} byKey={byKey} onClose={onClose} />;
    case "device": {
      const device = topology.devices.get(focus.name);
      return device ? (
        <DeviceDrawer key={focus.name} {...{ device, topology, view, now, byKey, onOpen, onClose }} />
      ) : null;
    }
    case "rack": {
      const rack = topology.racks.get(focus.key);
      return rack ? <RackDrawer key={focus.key} {...{ rack, topology, now, byKey, onOpen, onClose }} /> : null;
    }
    case "gone":
      return (
        <Drawer title="Not there now" byKey={byKey} onClose={onClose}>
          <p className="said text-16">
            Neither a device nor a session of this fabric is called {plainText(focus.text, 120)} now. It may have been
            renamed or removed since this address was made.
          </p>
        </Drawer>
      );
    default:
      return focus satisfies never;
  }
}
