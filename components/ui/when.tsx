"use client";

import { useState } from "react";
import { copied } from "./copy-button.tsx";
import { instantText, isoText, spanText } from "./format-time.ts";
import { Tooltip } from "./tooltip.tsx";

/**
 * An instant, absolute and relative together, UTC. ISO on hover and on focus; pressing it copies the ISO text.
 * `now` is the server's time (`useNow`), so that a wrong clock here moves nothing. `stacked`: the span below.
 */
export function When({ at, now, layout = "line" }: { at: number; now: number; layout?: "line" | "stacked" }) {
  const [note, setNote] = useState<string>();
  const iso = isoText(at);
  const absolute = instantText(at, now);
  if (!absolute) return <span className="text-faint">no date that we can read</span>;

  const copy = async () => setNote((await copied(iso)) === "copied" ? "copied" : "not copied: select it instead");
  const stacked = layout === "stacked";
  return (
    <Tooltip text={note ? `${iso} ${note}` : `${iso}, press to copy`}>
      <button
        type="button"
        onClick={copy}
        onBlur={() => setNote(undefined)}
        className="min-h-6 text-left font-[inherit] hover:underline"
      >
        <time dateTime={iso} className={stacked ? "block" : undefined}>
          {absolute}
          {!stacked && ", "}
          <span className={stacked ? "block text-muted" : undefined}>{spanText(now - at)}</span>
        </time>
      </button>
    </Tooltip>
  );
}

/** For rows by the thousand: the same words, with ISO on hover only. The row's own page has `When`. */
export function WhenPlain({ at, now }: { at: number; now: number }) {
  const absolute = instantText(at, now);
  if (!absolute) return null;
  return (
    <time dateTime={isoText(at)} title={isoText(at)}>
      {absolute}, {spanText(now - at)}
    </time>
  );
}

/** How old a value is: `9 s`. */
export function Age({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={isoText(at)} title={isoText(at)}>
      {spanText(now - at)}
    </time>
  );
}
