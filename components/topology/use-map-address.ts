"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { Density } from "./layout.ts";
import { OVERLAYS } from "./overlay.ts";

const FORMS = ["map", "table"] as const;
const RACKS = ["expanded", "collapsed"] as const;

/** The whole view in the address: what is drawn, how, and what is open beside it. */
export function useMapAddress() {
  return useQueryStates({
    overlay: parseAsStringLiteral(OVERLAYS).withDefault("state"),
    /** Absent: as many racks as this fabric has decide. */
    racks: parseAsStringLiteral(RACKS),
    as: parseAsStringLiteral(FORMS).withDefault("map"),
    /** Name of a device, id of a session, or `rack:NAME`. Opening one is a step that Back undoes. */
    focus: parseAsString.withOptions({ history: "push" }),
  });
}

/** Up to here chips are read without zooming. */
const CHIPS_BY_THEMSELVES = 160;
/** Beyond this chips are drawn by the field, small. */
const CHIPS_AT_MOST = 400;

export function densityOf(nodes: number, racks: "expanded" | "collapsed" | null): Density {
  const expanded = racks === null ? nodes <= CHIPS_BY_THEMSELVES : racks === "expanded";
  if (!expanded) return "tiles";
  return nodes <= CHIPS_AT_MOST ? "chips" : "field";
}
