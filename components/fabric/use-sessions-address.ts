"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { parseSort, type SortBy, sortText, WORST_FIRST } from "../../lib/view/sort-sessions.ts";
import { type ColumnId, DEFAULT_COLUMNS, parseColumns } from "./session-columns.ts";

export const DENSITIES = { compact: 28, normal: 36, roomy: 44 } as const;
export type Density = keyof typeof DENSITIES;

const PARAMS = {
  sort: parseAsString.withDefault(""),
  cols: parseAsString.withDefault(""),
  fold: parseAsBoolean.withDefault(true),
  density: parseAsStringLiteral(["compact", "normal", "roomy"] as const).withDefault("compact"),
  open: parseAsArrayOf(parseAsString).withDefault([]),
  sel: parseAsString,
};

/** How the list is looked at, all of it in the address, so that a copied address shows the same. */
export function useSessionsAddress() {
  const [params, set] = useQueryStates(PARAMS);
  const sort = useMemo(() => parseSort(params.sort), [params.sort]);
  const columns = useMemo(() => parseColumns(params.cols), [params.cols]);
  const open = useMemo(() => new Set(params.open), [params.open]);
  return {
    sort,
    columns,
    open,
    fold: params.fold,
    density: params.density,
    selected: params.sel ?? undefined,
    // Choices can be taken back with the browser's own button; where the selection stood is no step of its own.
    setSort: (next: readonly SortBy[]) =>
      void set({ sort: next === WORST_FIRST ? null : sortText(next) }, { history: "push" }),
    setColumns: (next: readonly ColumnId[]) =>
      void set({ cols: next.join() === DEFAULT_COLUMNS.join() ? null : next.join() }, { history: "replace" }),
    setFold: (fold: boolean) => void set({ fold: fold ? null : false, open: null }, { history: "push" }),
    setDensity: (density: Density) => void set({ density }, { history: "replace" }),
    toggleOpen: (id: string) => {
      const next = open.has(id) ? params.open.filter((one) => one !== id) : [...params.open, id];
      void set({ open: next.length > 0 ? next : null }, { history: "replace" });
    },
    /** Settles when the address names it: whoever leaves the page sooner is brought back by the change of its address. */
    select: (id: string | undefined): Promise<unknown> => set({ sel: id ?? null }, { history: "replace" }),
  };
}

export type SessionsAddress = ReturnType<typeof useSessionsAddress>;
