"use client";

import { useSyncExternalStore } from "react";

/** As the `md` of the style sheet: below it a screen is a phone. */
const QUERY = "(max-width: 767px)";

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(QUERY);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}
