"use client";

import { useLive } from "../trpc/use-live-fabric.tsx";

/** The document's title: state first, so that a tab tells it. React moves it into the head. One per page. */
export function PageTitle({ state }: { state: string }) {
  const { line } = useLive();
  const notLive = line.state === "reconnecting" || line.state === "offline";
  return <title>{`${notLive ? "Not live: " : ""}${state} - Peerglass`}</title>;
}
