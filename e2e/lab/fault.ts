import { deviceOf, type Lab, linkBetween } from "./description.ts";

/** A fault of a whole node. */
export const NODE_FAULTS = {
  "bird-killed": "kill -9 of the node's BIRD; healed by a new start",
  "bird-frozen": "SIGSTOP of the node's BIRD: sockets accept, nobody answers",
  "prefix-limit": "the node announces more than its leaves take",
} as const;

/** A fault of one session; `at` is the side where it is made. */
export const SESSION_FAULTS = {
  "link-down": "the interface at AT is shut",
  blackhole: "AT drops every packet from and to the other end, silently",
  "wrong-md5": "AT changes the session's password",
  "shut-on-tor": "leaf AT shuts the neighbor, with a text",
  "bird-disable": "node AT disables the protocol, with a text (BIRD 1.6 takes none)",
  "wrong-remote-as": "leaf AT expects AS 64999 of the node",
} as const;

export type Fault =
  | { readonly kind: keyof typeof NODE_FAULTS; readonly at: string }
  | {
      readonly kind: keyof typeof SESSION_FAULTS;
      readonly at: string;
      readonly toward: string;
      readonly text?: string;
    };

/**
 * A fault as words of a command line: `link-down leaf-1 node-2`, `shut-on-tor leaf-2 node-4 moving to rack 9`.
 *
 * @throws RangeError that tells what there is to choose from.
 */
export function parseFault(lab: Lab, words: readonly string[]): Fault {
  const [kind = "", at = "", toward = "", ...text] = words;
  if (isKey(NODE_FAULTS, kind)) {
    wantRole(lab, kind, at, "node");
    return { kind, at };
  }
  if (!isKey(SESSION_FAULTS, kind)) {
    const all = Object.keys({ ...NODE_FAULTS, ...SESSION_FAULTS }).join(", ");
    throw new RangeError(`no fault is named ${JSON.stringify(kind)}; there are ${all}`);
  }
  const link = linkBetween(lab, at, toward);
  if (kind === "shut-on-tor" || kind === "wrong-remote-as") wantRole(lab, kind, at, "leaf");
  if (kind === "bird-disable") wantRole(lab, kind, at, "node");
  if (kind !== "link-down" && kind !== "blackhole") wantRole(lab, kind, link.lower.device, "node");
  return { kind, at, toward, ...(text.length > 0 && { text: text.join(" ") }) };
}

export function sameFault(a: Fault, b: Fault): boolean {
  return a.kind === b.kind && a.at === b.at && ("toward" in a && a.toward) === ("toward" in b && b.toward);
}

export function faultWords(fault: Fault): string {
  return "toward" in fault ? `${fault.kind} ${fault.at} ${fault.toward}` : `${fault.kind} ${fault.at}`;
}

function wantRole(lab: Lab, kind: string, name: string, role: "leaf" | "node"): void {
  const device = deviceOf(lab, name);
  if (device.role !== role) throw new RangeError(`${kind} is a fault of a ${role}; ${name} is a ${device.role}`);
}

function isKey<T extends object>(record: T, key: string): key is keyof T & string {
  return Object.hasOwn(record, key);
}
