"use client";

import { debounce, parseAsString, useQueryState } from "nuqs";

/** What the present page is filtered by: `q` in its address, so that a copied address shows the same. */
export function useFilter(): [string, (q: string) => void] {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault("").withOptions({ limitUrlUpdates: debounce(120) }));
  return [q, (next) => void setQ(next === "" ? null : next)];
}
