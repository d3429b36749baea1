import type { EndRow, SessionRow } from "../../lib/view/view.ts";
import { plainText } from "../ui/plain-text.ts";

/** What an end is called: its device, else its address. */
export function endName({ device, address }: EndRow): string {
  return plainText(device ?? address ?? "unknown device", 80);
}

/** `leaf-3 ↔ node-17`: the upper one first, as on the map. */
export function sessionName({ near, far }: SessionRow): string {
  return `${endName(far)} ↔ ${endName(near)}`;
}
