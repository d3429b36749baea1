import type { DeviceFacts } from "../../../lib/fabric/device.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { parseSince, zoneOffsetMs } from "./since.ts";
import { field } from "./text.ts";

export interface Status {
  readonly facts: DeviceFacts;
  /** Local time minus UTC at the daemon, by its own `Current server time`; absent without `now`. */
  readonly zoneOffsetMs?: number;
}

/**
 * `show status`. `now` is the console's clock, by which the daemon's zone is found.
 *
 * @throws SyntaxError when no version stands in it.
 */
export function parseStatus(lines: string, now: number | undefined): Status {
  // Calico's build calls itself `BIRD v0.3.3+birdv1.6.8`.
  const version = /^(?:1000-| )BIRD (\S.*)$/m.exec(lines)?.[1];
  if (version === undefined) throw new SyntaxError("no line `BIRD <version>` in this status");
  const routerId = canonicalAddress(/^.{0,5}Router ID is (\S+)\s*$/m.exec(lines)?.[1] ?? "");
  const hostname = /^.{0,5}Hostname is (\S.*)$/m.exec(lines)?.[1];
  const serverTime = /^.{0,5}Current server time is (\S.*)$/m.exec(lines)?.[1]?.trim();
  const rebootedAt = /^.{0,5}Last reboot on (\S.*)$/m.exec(lines)?.[1]?.trim();
  const offset = now === undefined || serverTime === undefined ? undefined : zoneOffsetMs(serverTime, now);
  const clock = { ...(now !== undefined && { now }), zoneOffsetMs: offset ?? 0 };
  const started = rebootedAt === undefined ? undefined : parseSince(rebootedAt, clock);

  return {
    facts: {
      system: "BIRD",
      version: field(version, 80),
      ...(hostname && { hostname: field(hostname, 255) }),
      ...(routerId !== undefined && { routerId: field(routerId) }),
      ...(started && !started.dayOnly && { startedAt: started.at }),
    },
    ...(offset !== undefined && { zoneOffsetMs: offset }),
  };
}
