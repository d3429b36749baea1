import { CAUSES } from "../fabric/verdict.ts";
import { byNaturalName } from "../values/natural-order.ts";
import { quoted } from "./filter-words.ts";
import type { SessionRow } from "./view.ts";

export interface FacetValue {
  /** As it stands in the filter box: `state:down`. */
  readonly word: string;
  readonly label: string;
  readonly count: number;
}

export interface Facet {
  readonly name: string;
  readonly values: readonly FacetValue[];
}

export const KIND_WORD = {
  "node-tor": "node and ToR",
  "tor-spine": "ToR and spine",
  "node-node": "node and node",
  "tor-tor": "ToR and ToR",
  other: "other",
} as const;

/** What the rows can be narrowed by, with counts. `all` gives the values, so that one that is filtered out shows 0. */
export function sessionFacets(all: Iterable<SessionRow>, shown: readonly SessionRow[]): readonly Facet[] {
  const statuses = count(shown, (row) => row.status);
  const facets: Facet[] = [
    {
      name: "State",
      values: (["down", "degraded", "unknown", "up", "admin-down"] as const).map((status) => ({
        word: `state:${status}`,
        label: status === "admin-down" ? "shut on purpose" : status,
        count: statuses.get(status) ?? 0,
      })),
    },
    facet(
      "Kind",
      "kind",
      all,
      shown,
      (row) => row.kind,
      (kind) => KIND_WORD[kind as keyof typeof KIND_WORD] ?? kind,
    ),
    facet("Rack", "rack", all, shown, (row) => row.near.rack ?? row.far.rack),
    facet("ToR", "tor", all, shown, (row) => (row.kind === "node-tor" ? row.far.device : row.near.device)),
    facet(
      "Cause",
      "cause",
      all,
      shown,
      (row) => (row.cause === "none" ? undefined : row.cause),
      (cause) => CAUSES[cause as keyof typeof CAUSES] ?? cause,
    ),
  ];
  return facets.filter(({ values }) => values.length > 0);
}

function facet(
  name: string,
  field: string,
  all: Iterable<SessionRow>,
  shown: readonly SessionRow[],
  of: (row: SessionRow) => string | undefined,
  label: (value: string) => string = (value) => value,
): Facet {
  const counts = count(shown, of);
  const values = [...count(all, of).keys()].sort(byNaturalName);
  return {
    name,
    values: values.map((value) => ({
      word: `${field}:${quoted(value)}`,
      label: label(value),
      count: counts.get(value) ?? 0,
    })),
  };
}

function count(rows: Iterable<SessionRow>, of: (row: SessionRow) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = of(row);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
