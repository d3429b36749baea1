import type { FabricEvent } from "../../lib/events/event.ts";
import type { Session } from "../../lib/fabric/session.ts";
import { clockText, instantText } from "../ui/format-time.ts";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { STATUS_SHAPES } from "../ui/status-shapes.ts";
import { type Span, timelineOf } from "./timeline-lanes.ts";

const SHOWN_EVENTS = 12;

/** Lanes of who sees what, and under them the events in words, newest first. */
export function SessionTimeline({
  session,
  events,
  now,
}: {
  session: Session;
  events: readonly FabricEvent[];
  now: number;
}) {
  const { from, to, lanes } = timelineOf(session, events, now);
  const part = (at: number) => `${((at - from) / (to - from)) * 100}%`;
  const ticks = [0.2, 0.4, 0.6, 0.8].map((share) => from + share * (to - from));
  return (
    <Panel title="Timeline" aside={`${instantText(from, now)} to ${clockText(to)} UTC`}>
      <div className="grid grid-cols-[116px_minmax(0,1fr)] gap-y-2.5 px-4 pt-3.5 pb-2">
        {lanes.map((lane) => (
          <div key={lane.name} className="contents">
            <p className="truncate pr-2 text-12 leading-[18px] text-muted" title={plainText(lane.name, 100)}>
              {plainText(lane.name, 60)}
            </p>
            <div className="relative h-[18px]">
              {lane.spans.map((span) => (
                <SpanBar key={span.from} span={span} left={part(span.from)} right={part(from + (to - span.to))} />
              ))}
            </div>
          </div>
        ))}
        <span />
        <div aria-hidden="true" className="relative h-5 border-t border-border text-12 text-muted">
          {ticks.map((at) => (
            <span key={at} className="absolute top-0.5 -translate-x-1/2" style={{ left: part(at) }}>
              {clockText(at).slice(0, to - from < 30 * 60_000 ? 8 : 5)}
            </span>
          ))}
        </div>
      </div>
      {events.length === 0 ? (
        <p className="px-4 pb-3 text-muted">Nothing has happened to it since this console started.</p>
      ) : (
        <ol className="border-t border-border py-1.5">
          {events
            .slice(-SHOWN_EVENTS)
            .reverse()
            .map((event) => (
              <li key={event.seq} className="flex items-baseline gap-2 px-4 py-0.5">
                <time className="w-24 flex-none text-muted" dateTime={new Date(event.at).toISOString()}>
                  {instantText(event.at, now)}
                </time>
                <StatusMark tone={event.tone} size={10} />
                <span className="said min-w-0">{plainText(event.sentence, 300)}</span>
              </li>
            ))}
        </ol>
      )}
    </Panel>
  );
}

function SpanBar({ span, left, right }: { span: Span; left: string; right: string }) {
  const tone = span.status;
  const wrong = tone && tone !== "up";
  const colour = wrong ? `var(${STATUS_SHAPES[tone].token})` : "var(--border)";
  return (
    <span
      title={`${span.words}, ${clockText(span.from)} to ${clockText(span.to)}`}
      className={`absolute inset-y-0 overflow-hidden rounded-[2px] border px-1.5 text-12 leading-4 whitespace-nowrap ${tone ? (wrong ? "text-text" : "bg-raised text-muted") : "hatch border-dashed"}`}
      style={{
        left,
        right,
        borderColor: colour,
        ...(wrong && { backgroundColor: `color-mix(in srgb, ${colour} 18%, var(--panel))` }),
      }}
    >
      {plainText(span.words, 60)}
    </span>
  );
}
