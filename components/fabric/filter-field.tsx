"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type FilterWord, filterWords, withoutWord } from "../../lib/view/filter-words.ts";
import { Kbd } from "../ui/kbd.tsx";
import { plainText } from "../ui/plain-text.ts";

/**
 * The one filter box of the page (its text is `q` of the address, as in the frame's box): finished words are chips that
 * can be taken away, the last is being typed. Backspace in the empty end brings the last chip back to be mended.
 */
export function FilterField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [draft, setDraft] = useState("");
  const sent = useRef(text);
  const input = useRef<HTMLInputElement>(null);
  // Somebody else changed the text: a facet, the frame's box, the browser's own button.
  useEffect(() => {
    if (text === sent.current) return;
    sent.current = text;
    setDraft("");
  }, [text]);
  const send = (next: string) => {
    sent.current = next;
    onChange(next);
  };

  const base = draft !== "" && text.endsWith(draft) ? text.slice(0, -draft.length).trimEnd() : text;
  const chips = filterWords(base);
  const type = (next: string) => {
    const quoted = (next.match(/"/g)?.length ?? 0) % 2 === 1;
    // A blank ends the word, which becomes a chip.
    const done = /\s$/.test(next) && !quoted && next.trim() !== "-f";
    setDraft(done ? "" : next);
    send(`${base} ${done ? next.trim() : next}`.trimStart());
  };
  const key = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") setDraft("");
    if (event.key === "Escape") {
      if (text === "") event.currentTarget.blur();
      setDraft("");
      send("");
    }
    const last = chips.at(-1);
    if (event.key === "Backspace" && draft === "" && last) {
      event.preventDefault();
      setDraft(last.text);
      sent.current = base;
    }
  };
  // The button goes away with what it removes. Keys go on in the box; a finger is not shown a keyboard it did not ask for.
  const remove = (what: () => void) => (event: React.MouseEvent) => {
    if (event.detail === 0) input.current?.focus();
    what();
  };

  return (
    <search className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-x-2 max-md:basis-full gap-y-1 rounded-control border border-line bg-field py-px pr-1 pl-2 focus-within:border-info focus-within:outline-1 focus-within:outline-info max-md:min-h-11">
      <Search aria-hidden="true" size={14} strokeWidth={1.5} className="flex-none text-faint" />
      {chips.map((word) => (
        <Chip
          key={word.at}
          word={word}
          onRemove={remove(() => send(withoutWord(base, word) + (draft ? ` ${draft}` : "")))}
        />
      ))}
      <input
        ref={input}
        type="text"
        aria-label="Filter the sessions"
        placeholder={chips.length === 0 ? "Filter: a name, an address, state:down, rack:r2, flaps:>3, !word" : ""}
        value={draft}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={key}
        className="h-6 min-w-24 flex-1 bg-transparent outline-none"
      />
      {text !== "" && (
        <button
          type="button"
          onClick={remove(() => {
            setDraft("");
            send("");
          })}
          aria-label="Esc: clear the filter"
          className="flex h-6 min-w-6 items-center justify-center rounded-control hover:text-text max-md:size-11"
        >
          <Kbd>Esc</Kbd>
        </button>
      )}
    </search>
  );
}

function Chip({ word, onRemove }: { word: FilterWord; onRemove: (event: React.MouseEvent) => void }) {
  const shown = plainText(word.field ? word.values.join(" or ") || "…" : word.value, 60);
  return (
    <span className="inline-flex h-6 max-w-full items-center gap-1 rounded-control bg-raised pl-1.5">
      {word.negated && <span className="text-faint">not</span>}
      {word.fuzzy && <span className="text-faint">like</span>}
      {word.field && <span className="text-faint">{word.field}</span>}
      <span className="said truncate">{shown}</span>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Take away ${plainText(word.text, 60)}`}
        className="grid size-6 flex-none place-items-center rounded-control text-faint hover:text-text max-md:size-11"
      >
        <X size={12} strokeWidth={1.5} />
      </button>
    </span>
  );
}
