import { type Fault, isDeviceFault, isSessionFault } from "./fault.ts";

/** Why a fault cannot be made, for the person who asked. */
export interface Refusal {
  readonly refused: string;
}

/** What must be known of the fabric to judge a fault. Undefined: there is no such device, no such session. */
export interface Known {
  role(device: string): "spine" | "leaf" | "node" | undefined;
  sessionKind(a: string, b: string): "tor-spine" | "node-tor" | undefined;
}

/** Nothing when `fault` fits the fabric. */
export function refusalOf(fault: Fault, known: Known): Refusal | undefined {
  const role = known.role(fault.at);
  if (!role) return { refused: `there is no device ${fault.at}` };
  if (isDeviceFault(fault.kind)) {
    if (fault.towards !== undefined) return { refused: `${fault.kind} is of one device: leave out ${fault.towards}` };
    return fault.kind === "kill" && role !== "node"
      ? { refused: `kill needs a node, ${fault.at} is a ${role}` }
      : undefined;
  }
  if (!isSessionFault(fault.kind)) return { refused: `there is no fault ${String(fault.kind)}` };
  if (fault.towards === undefined) return { refused: `${fault.kind} needs two devices` };
  const kind = known.sessionKind(fault.at, fault.towards);
  if (!kind) return { refused: `no session between ${fault.at} and ${fault.towards}` };

  const needs = (fits: boolean, whom: string) => (fits ? undefined : { refused: `${fault.kind} needs ${whom}` });
  switch (fault.kind) {
    case "admin-down":
      return needs(role !== "node", "a switch first; for a node say disable");
    case "disable":
      return needs(role === "node", "a node first; for a switch say admin-down");
    case "max-prefix":
    case "near-limit":
      return needs(kind === "node-tor", "a node and its leaf");
    default:
      return undefined;
  }
}
