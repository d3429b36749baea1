"use client";

import { useLive } from "../trpc/use-live-fabric.tsx";
import { clockText, dayText, isoText } from "../ui/format-time.ts";
import { isLive, useAsOf } from "./use-as-of.ts";

/** The server's time. While the line is not live it stands at the instant that the screen shows, and says so. */
export function Clock() {
  const { view, line } = useLive();
  const asOf = useAsOf();
  if (!view) return null;
  const live = isLive(line.state);
  return (
    <time
      dateTime={isoText(asOf)}
      title={isoText(asOf)}
      className={`whitespace-nowrap ${live ? "text-muted" : "hatch px-1"}`}
    >
      {!live && "as of "}
      <span className="max-lg:hidden">{dayText(asOf)}, </span>
      {clockText(asOf)}
      <span className="max-md:hidden"> UTC</span>
    </time>
  );
}
