import type { RefObject } from "react";
import { StatusMark } from "../ui/status-mark.tsx";
import { TONE_TEXT, TONE_WORD } from "../ui/status-shapes.ts";
import type { SubjectWords } from "./subject-words.ts";

const AWAY = 16;

/** A few lines on what is under the pointer or the keyboard's cursor; the keyboard hears the same words. */
export function HoverCard({
  words,
  x,
  y,
  within,
}: {
  words: SubjectWords;
  x: number;
  y: number;
  within: RefObject<HTMLElement | null>;
}) {
  const width = within.current?.clientWidth ?? 0;
  const height = within.current?.clientHeight ?? 0;
  const right = x > width / 2;
  const below = y < height - 150;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 w-max max-w-80 rounded-panel border border-border bg-raised px-3 py-2 text-12 shadow-float"
      style={{
        ...(right ? { right: width - x + AWAY } : { left: x + AWAY }),
        ...(below ? { top: y + AWAY } : { bottom: height - y + AWAY }),
      }}
    >
      <p className="flex items-center gap-2 text-13">
        {words.status !== "up" && <StatusMark tone={words.status} size={10} />}
        <b className="said min-w-0 truncate">{words.title}</b>
        <span className={`ml-auto pl-3 ${words.status === "up" ? "text-muted" : TONE_TEXT[words.status]}`}>
          {TONE_WORD[words.status]}
        </span>
      </p>
      {words.lines.map((line) => (
        <p key={line} className="said mt-0.5 line-clamp-4 text-muted">
          {line}
        </p>
      ))}
    </div>
  );
}
