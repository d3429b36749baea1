import { spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import type { Excerpt } from "./excerpt.ts";

/** The lines of a device's own answer that the verdict rests on. All of it stands on the session's page. */
export function EvidenceExcerpt({ excerpt, now }: { excerpt: Excerpt; now: number }) {
  const { evidence, lines } = excerpt;
  return (
    <section>
      <header className="mt-5 mb-1 flex items-baseline gap-2">
        <h3 className="text-14 font-semibold">Evidence</h3>
        <span className="said ml-auto truncate text-faint">
          {plainText(evidence.device, 60)}, {spanText(now - evidence.observedAt)} ago
        </span>
      </header>
      <pre className="mono said overflow-hidden rounded-control border border-border bg-canvas px-3 py-2 whitespace-pre-wrap text-muted">
        {plainText(evidence.command, 200)}
        {"\n"}
        {lines.map(({ text, telling }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one answer have no other name
          <span key={at} className={telling ? "text-text" : undefined}>
            {`  ${text}\n`}
          </span>
        ))}
      </pre>
    </section>
  );
}
