import type { Topology } from "../../lib/view/topology.ts";
import { linkId } from "../../lib/view/topology-link.ts";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import type { Subject } from "./element.ts";

/** What the drawer shows. `gone`: the address names something that is not in this fabric now. */
export type Focus =
  | { readonly kind: "session"; readonly row: SessionRow }
  | { readonly kind: "device"; readonly name: string }
  | { readonly kind: "rack"; readonly key: string }
  | { readonly kind: "gone"; readonly text: string };

const RACK = "rack:";

export function focusOf(text: string, view: FabricView, topology: Topology): Focus {
  const row = view.sessions.get(text);
  if (row) return { kind: "session", row };
  if (topology.devices.has(text)) return { kind: "device", name: text };
  const key = text.startsWith(RACK) ? text.slice(RACK.length) : undefined;
  if (key !== undefined && topology.racks.has(key)) return { kind: "rack", key };
  return { kind: "gone", text };
}

/** How the address names what was pressed; a line opens the worst of its sessions. */
export function focusText(subject: Subject, topology: Topology): string | undefined {
  switch (subject.kind) {
    case "device":
      return subject.name;
    case "rack":
      return `${RACK}${subject.key}`;
    case "trunk":
      return `${RACK}${subject.rack}`;
    case "link":
      return topology.links.get(subject.id)?.sessions[0]?.id;
    default:
      return subject satisfies never;
  }
}

/** What the map lights up for it. */
export function focusSubject(focus: Focus): Subject | undefined {
  switch (focus.kind) {
    case "device":
    case "rack":
      return focus;
    case "session": {
      const { near, far } = focus.row;
      if (!near.device || !far.device) return undefined;
      return { kind: "link", id: linkId(near.device, far.device) };
    }
    case "gone":
      return undefined;
    default:
      return focus satisfies never;
  }
}
