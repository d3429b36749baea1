import type { End } from "./end.ts";
import type { Session } from "./session.ts";

/** The port under an end: shut by its owner, dark, or carrying light. */
export type Light = "up" | "dark" | "shut";

export function lightAt(session: Session, end: End): Light {
  const shut = session.faults.get("port-shut");
  if (shut?.at === end.device.name) return "shut";
  return shut || session.faults.has("link-down") ? "dark" : "up";
}

/** Whether packets pass both ways, as BFD finds out. */
export function pathWorks(session: Session): boolean {
  return !(["port-shut", "link-down", "blackhole"] as const).some((kind) => session.faults.has(kind));
}
