import { STATUS_SHAPES, TONE_MARK, TONE_TEXT, TONE_WORD, type Tone } from "./status-shapes.ts";

/** The shape alone; hidden from screen readers, because a word always stands with it. */
export function StatusMark({ tone, size = 12, className = "" }: { tone: Tone; size?: number; className?: string }) {
  const { d, dashed } = STATUS_SHAPES[tone];
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      className={`inline-block flex-none ${TONE_MARK[tone]} ${className}`}
    >
      {dashed ? (
        <path d={d} fill="none" stroke="currentColor" strokeWidth={dashed.width} strokeDasharray={dashed.dashes} />
      ) : (
        <path d={d} fill="currentColor" />
      )}
    </svg>
  );
}

/**
 * Shape and word. A healthy row is quiet: "up" has neither mark nor colour, unless that it is up is the news.
 * The place of the mark stays, so that words in a column stand under each other.
 */
export function StatusWord({ tone, word, news = false }: { tone: Tone; word?: string; news?: boolean }) {
  const quiet = tone === "up" && !news;
  return (
    <span className={`inline-flex items-center gap-2 whitespace-nowrap ${quiet ? "text-muted" : TONE_TEXT[tone]}`}>
      {quiet ? <span className="size-3 flex-none" /> : <StatusMark tone={tone} />}
      {word ?? TONE_WORD[tone]}
    </span>
  );
}
