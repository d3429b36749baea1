"use client";

import { CircleSlash2 } from "lucide-react";
import { useState } from "react";
import { SESSION_STATUSES } from "../../lib/fabric/session.ts";
import type { Facet, FacetValue } from "../../lib/view/facets.ts";
import { fieldUse, toggleField } from "../../lib/view/filter-edit.ts";
import { filterWords } from "../../lib/view/filter-words.ts";
import { countText } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";

/** So many stand at once; the rest behind "n more". */
const SHORT = 6;

/** What the list can be narrowed by. A press filters for the value, with alt (or by the sign beside it) it filters out. */
export function FacetList({
  facets,
  text,
  onChange,
}: {
  facets: readonly Facet[];
  text: string;
  onChange: (text: string) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      {facets.map((facet) => (
        <FacetGroup key={facet.name} facet={facet} text={text} onChange={onChange} />
      ))}
    </div>
  );
}

function FacetGroup({ facet, text, onChange }: { facet: Facet; text: string; onChange: (text: string) => void }) {
  const [all, setAll] = useState(false);
  const words = filterWords(text);
  const values = all || facet.values.length <= SHORT + 1 ? facet.values : facet.values.slice(0, SHORT);
  const hidden = facet.values.length - values.length;
  return (
    <section aria-label={facet.name}>
      <h2 className="h-7 text-12 leading-7 font-normal text-muted">{facet.name}</h2>
      <ul>
        {values.map((value) => (
          <FacetRow
            key={value.word}
            value={value}
            isState={facet.name === "State"}
            use={use(words, value)}
            onUse={(how) => {
              const named = partsOf(value);
              onChange(toggleField(text, named.field, named.value, how));
            }}
          />
        ))}
      </ul>
      {(hidden > 0 || all) && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="-mx-2 h-6 rounded-control px-2 text-faint hover:text-text max-md:h-11"
        >
          {all ? "fewer" : `${hidden} more`}
          <span className="sr-only"> of {facet.name}</span>
        </button>
      )}
    </section>
  );
}

function FacetRow({
  value,
  isState,
  use: used,
  onUse,
}: {
  value: FacetValue;
  isState: boolean;
  use: "for" | "out" | undefined;
  onUse: (use: "for" | "out") => void;
}) {
  const { count } = value;
  const label = plainText(value.label, 60);
  const tone = isState ? SESSION_STATUSES.find((status) => value.word === `state:${status}`) : undefined;
  return (
    <li className="group relative -mx-2 flex items-center">
      <button
        type="button"
        aria-pressed={used === "for"}
        title={`${label}: press to filter for it, with Alt to filter it out`}
        onClick={(event) => onUse(event.altKey ? "out" : "for")}
        className={`flex h-6 min-w-0 flex-1 items-center gap-2 rounded-control px-2 hover:bg-raised max-md:h-11 ${used === "for" ? "bg-raised text-text" : count === 0 ? "text-faint" : "text-muted"} ${used === "out" ? "line-through" : ""}`}
      >
        {isState && (tone && tone !== "up" ? <StatusMark tone={tone} /> : <span className="size-3 flex-none" />)}
        <span className="min-w-0 flex-1 truncate text-left">{label}</span>
        <span className="text-faint group-focus-within:pr-5 group-hover:pr-5 max-md:pr-10">{countText(count)}</span>
      </button>
      <button
        type="button"
        aria-pressed={used === "out"}
        aria-label={`Filter out ${label}`}
        title={`Filter out ${label}`}
        onClick={() => onUse("out")}
        className="absolute right-0 grid size-6 place-items-center rounded-control text-faint opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-text max-md:size-11 max-md:opacity-100"
      >
        <CircleSlash2 size={12} strokeWidth={1.5} />
      </button>
    </li>
  );
}

function partsOf({ word }: FacetValue): { field: string; value: string } {
  const [read] = filterWords(word);
  return { field: read?.field ?? "", value: read?.values[0] ?? "" };
}

function use(words: ReturnType<typeof filterWords>, value: FacetValue) {
  const { field, value: named } = partsOf(value);
  return fieldUse(words, field, named);
}
