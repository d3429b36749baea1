/** What the daemon holds as a whole. */

export interface RouteCount {
  /** Absent on the line that sums up the tables, and in 1.6, which does not name its table. */
  readonly table?: string;
  readonly routes: number;
  readonly networks: number;
}

/** `show route count`. @throws SyntaxError when no line of it is a count. */
export function parseRouteCount(lines: string): readonly RouteCount[] {
  const counts: RouteCount[] = [];
  for (const line of lines.split("\n")) {
    const parts = /(\d{1,12}) of \d{1,12} routes for (\d{1,12}) networks(?: in table (\S{1,64}))?/.exec(line);
    if (!parts) continue;
    counts.push({ ...(parts[3] && { table: parts[3] }), routes: Number(parts[1]), networks: Number(parts[2]) });
  }
  if (counts.length === 0) throw new SyntaxError("no count of routes in this answer");
  return counts;
}

export interface MemoryUse {
  readonly part: string;
  readonly bytes: number;
}

const UNIT: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `show memory`, without the column for overhead that 2.x has. @throws SyntaxError when no line of it is a size. */
export function parseMemory(lines: string): readonly MemoryUse[] {
  const parts = [...lines.matchAll(/^(?:\d{4}-| )([A-Z][A-Za-z ]{0,40}): {1,20}(\d{1,9}(?:\.\d)?) {1,3}([kMG]?B)\b/gm)];
  if (parts.length === 0) throw new SyntaxError("no size of memory in this answer");
  return parts.map(([, part = "", size, unit = "B"]) => ({
    part,
    bytes: Math.round(Number(size) * (UNIT[unit] ?? 1)),
  }));
}
