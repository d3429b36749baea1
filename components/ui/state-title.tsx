import { counted, countText } from "./count.ts";
import { StatusMark } from "./status-mark.tsx";
import { TONE_MARK, TONE_TITLE, TONE_WORD, type Tone } from "./status-shapes.ts";

/** How many there are of each tone; what is absent or 0 is not told. */
export type ToneCounts = Readonly<Partial<Record<Tone, number>>>;

const WORST_FIRST: readonly Tone[] = ["down", "degraded", "unknown", "admin-down"];

/**
 * The title of a page is its state: "2 down, 12 degraded, 24 unknown, 90 up", and when all is well, quietly,
 * "All 128 sessions up". `noun` is what is counted, in the singular.
 */
export function StateTitle({ counts, noun }: { counts: ToneCounts; noun: string }) {
  const wrong = WORST_FIRST.filter((tone) => (counts[tone] ?? 0) > 0);
  const up = counts.up ?? 0;
  if (wrong.length === 0) {
    return <h1 className="text-text">{up === 0 ? `No ${noun}s seen yet` : allUp(up, noun)}</h1>;
  }
  return (
    <h1 className="flex flex-wrap items-baseline gap-x-2.5 max-md:gap-x-3">
      {wrong.map((tone, at) => (
        <span
          key={tone}
          className={`whitespace-nowrap ${at === 0 ? TONE_MARK[tone] : TONE_TITLE[tone]} ${tone === "admin-down" ? "font-normal" : ""} ${at === 0 ? "max-md:basis-full" : `max-md:text-16 max-md:font-normal max-md:tracking-normal`}`}
        >
          <StatusMark tone={tone} size={18} className={at > 0 ? "max-md:size-3" : ""} /> {countText(counts[tone] ?? 0)}{" "}
          {TONE_WORD[tone]}
          <span className="text-faint max-md:sr-only">{at < wrong.length - 1 || up > 0 ? "," : ""}</span>
        </span>
      ))}
      {up > 0 && (
        <span className="font-normal text-muted max-md:text-16 max-md:tracking-normal">{countText(up)} up</span>
      )}
    </h1>
  );
}

/** The same as plain text: for the document's title. */
export function stateText(counts: ToneCounts, noun: string): string {
  const wrong = WORST_FIRST.filter((tone) => (counts[tone] ?? 0) > 0);
  if (wrong.length > 0) return wrong.map((tone) => `${counts[tone]} ${TONE_WORD[tone]}`).join(", ");
  return counts.up ? allUp(counts.up, noun) : `No ${noun}s seen yet`;
}

function allUp(up: number, noun: string): string {
  return up === 1 ? `The one ${noun} is up` : `All ${counted(up, noun)} up`;
}
