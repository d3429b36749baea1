"use client";

import { useEffect, useState } from "react";
import { useLive } from "./use-live-fabric.tsx";

/** The server's time as this tab reckons it, moving once a second: what ages are counted from. Epoch ms. */
export function useNow(): number {
  const { skewMs } = useLive().line;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now + skewMs;
}
