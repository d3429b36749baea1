"use client";

import { Tooltip } from "../ui/tooltip.tsx";

/** A `?` beside a word, with two lines on what it means: on hover and on focus. */
export function TermHelp({ term, text }: { term: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Tooltip text={text}>
      <button
        type="button"
        aria-label={`What ${term} means`}
        className="inline-grid size-6 flex-none place-items-center rounded-control align-middle text-12 text-faint hover:text-text"
      >
        <span aria-hidden="true" className="grid size-4 place-items-center rounded-full border border-border">
          ?
        </span>
      </button>
    </Tooltip>
  );
}
