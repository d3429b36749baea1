import { Cable, LayoutDashboard, type LucideIcon, Network, RadioTower, Server } from "lucide-react";

/** The screens that exist. `key` is pressed after `g`. */
export const SCREENS: readonly Screen[] = [
  { name: "Overview", href: "/", key: "h", icon: LayoutDashboard },
  { name: "Topology", href: "/topology", key: "t", icon: Network },
  { name: "Sessions", href: "/sessions", key: "s", icon: Cable },
  { name: "Devices", href: "/devices", key: "d", icon: Server },
  { name: "Sources", href: "/sources", key: "o", icon: RadioTower },
];

export interface Screen {
  readonly name: string;
  readonly href: string;
  readonly key: string;
  readonly icon: LucideIcon;
}

/** `/sessions/abc` belongs to Sessions; only `/` itself to the Overview. */
export function isCurrent(screen: Screen, path: string): boolean {
  return screen.href === "/" ? path === "/" : path === screen.href || path.startsWith(`${screen.href}/`);
}
