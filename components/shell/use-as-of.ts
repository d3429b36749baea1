"use client";

import { useLive } from "../trpc/use-live-fabric.tsx";
import { useNow } from "../trpc/use-now.ts";

/**
 * The instant for which this tab can speak; epoch ms of the server. While the line is live that is now. Once it is not,
 * it stands still: a source that we no longer hear of has not become silent by that.
 */
export function useAsOf(): number {
  const { line } = useLive();
  const now = useNow();
  return isLive(line.state) || line.heardAt === undefined ? now : line.heardAt + line.skewMs;
}

/** `connecting` passes: nothing is on the screen yet that could be taken for live. */
export function isLive(state: "connecting" | "live" | "reconnecting" | "offline"): boolean {
  return state === "live" || state === "connecting";
}
