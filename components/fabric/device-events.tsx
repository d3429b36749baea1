import type { FabricEvent } from "../../lib/events/event.ts";
import { instantText } from "../ui/format-time.ts";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";

const SHOWN = 50;

/** What happened to a device and its sessions, newest first. */
export function DeviceEvents({ events, now }: { events: readonly FabricEvent[]; now: number }) {
  return (
    <Panel title="Events">
      {events.length === 0 ? (
        <p className="px-4 py-3 text-muted">Nothing has happened here since this console started.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section aria-label="List of events" tabIndex={0} className="max-h-96 overflow-auto py-1.5 -outline-offset-2">
          <ol>
            {events
              .slice(-SHOWN)
              .reverse()
              .map(({ seq, at, tone, sentence }) => (
                <li key={seq} className="flex items-baseline gap-2 px-4 py-0.5">
                  <time className="w-24 flex-none text-muted" dateTime={new Date(at).toISOString()}>
                    {instantText(at, now)}
                  </time>
                  <StatusMark tone={tone} size={10} />
                  <span className="said min-w-0">{plainText(sentence, 300)}</span>
                </li>
              ))}
          </ol>
        </section>
      )}
    </Panel>
  );
}
