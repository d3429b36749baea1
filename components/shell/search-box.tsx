"use client";

import { Search } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { Kbd } from "../ui/kbd.tsx";
import { useFilter } from "./use-filter.ts";

/** Filters the page that is open, through `q` in its address. Esc clears it, and then leaves it. */
export function SearchBox({ box, onPalette }: { box: RefObject<HTMLInputElement | null>; onPalette: () => void }) {
  const [q, setQ] = useFilter();
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);

  const change = (next: string) => {
    setText(next);
    setQ(next);
  };
  return (
    <search
      data-print="no"
      className="flex h-7 w-90 min-w-24 shrink items-center gap-2 rounded-control border border-line bg-field pr-1 pl-2 text-faint focus-within:border-info focus-within:outline-1 focus-within:outline-info max-md:hidden"
    >
      <Search size={14} strokeWidth={1.5} className="flex-none" />
      <input
        ref={box}
        type="text"
        aria-label="Filter this page"
        aria-keyshortcuts="/"
        placeholder="Filter this page, or go anywhere"
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (text === "") event.currentTarget.blur();
          else change("");
        }}
        className="h-full min-w-0 flex-1 bg-transparent text-text outline-none"
      />
      <Kbd>/</Kbd>
      <button
        type="button"
        onClick={onPalette}
        aria-label="Ctrl K: go anywhere"
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-6 items-center rounded-control hover:text-text"
      >
        <Kbd>Ctrl K</Kbd>
      </button>
    </search>
  );
}
