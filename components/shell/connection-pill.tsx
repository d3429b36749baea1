"use client";

import type { ReactNode } from "react";
import { useLive } from "../trpc/use-live-fabric.tsx";
import { useNow } from "../trpc/use-now.ts";
import { clockText, spanText } from "../ui/format-time.ts";

/** Whether what is on the screen moves with the fabric. It is not a status of the fabric, and has none of its colours. */
export function ConnectionPill() {
  const { line, retry } = useLive();
  const now = useNow() - line.skewMs;

  if (line.state === "live") {
    return (
      <Pill>
        <Dot />
        Live
      </Pill>
    );
  }
  if (line.state === "connecting") return <Pill>Connecting</Pill>;
  const since = line.heardAt ?? line.since;
  return (
    <span className="flex h-7 items-center gap-2 max-md:hidden whitespace-nowrap rounded-full bg-text pr-1 pl-3 font-semibold text-canvas">
      {line.state === "offline"
        ? `Offline since ${clockText(since + line.skewMs).slice(0, 5)}`
        : `Reconnecting, ${spanText(now - since)}`}
      <button
        type="button"
        onClick={retry}
        className="h-6 rounded-full bg-canvas px-2.5 font-normal text-text hover:bg-raised"
      >
        Retry now
      </button>
    </span>
  );
}

function Pill({ children }: { children: ReactNode }) {
  return (
    <span className="flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full border border-border px-2.5 text-muted max-md:hidden">
      {children}
    </span>
  );
}

function Dot() {
  return (
    <svg aria-hidden="true" width="8" height="8">
      <circle cx="4" cy="4" r="3" fill="currentColor" />
    </svg>
  );
}
