"use client";

import { useEffect } from "react";
import { useLive } from "../trpc/use-live-fabric.tsx";
import { useNow } from "../trpc/use-now.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { clockText, spanText } from "../ui/format-time.ts";
import { isLive } from "./use-as-of.ts";

/** Says that nothing on the screen is live any more, since when, and what is being done about it. */
export function NotLiveBanner() {
  const { line, retry } = useLive();
  const now = useNow();
  const announce = useAnnounce();
  const live = isLive(line.state);
  const heardAt = (line.heardAt ?? line.since) + line.skewMs;

  const words = live
    ? line.state === "live" && "Live"
    : `Not live: nothing heard from the Peerglass server since ${clockText(heardAt)}`;
  useEffect(() => {
    if (words) announce(words);
  }, [words, announce]);

  if (live) return null;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border bg-text px-6 py-1.5 text-canvas max-md:px-4">
      <p className="min-w-0 flex-1 basis-60">
        <b>Not live.</b> Nothing heard from the Peerglass server since {clockText(heardAt)} UTC (
        {spanText(now - heardAt)}
        ). Everything below is as of then.
      </p>
      <Button onClick={retry} className="md:hidden">
        Retry now
      </Button>
    </div>
  );
}
