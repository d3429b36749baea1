"use client";

import Link from "next/link";
import { useState } from "react";
import type { FabricEvent } from "../../lib/events/event.ts";
import { Button } from "../ui/button.tsx";
import { countText } from "../ui/count.ts";
import { instantText, isoText, spanText } from "../ui/format-time.ts";
import { matching } from "../ui/matching.ts";
import { Panel } from "../ui/panel.tsx";
import { filterOf, pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { TONE_WORD } from "../ui/status-shapes.ts";

const SHOWN = 10;

/** What happened since this console was started, newest first. */
export function EventsPanel({ events, now, filter }: { events: readonly FabricEvent[]; now: number; filter: string }) {
  const [all, setAll] = useState(false);
  const wanted = matching(events, filter, ({ sentence, devices }) => [sentence, ...devices]).toReversed();
  const shown = all ? wanted : wanted.slice(0, SHOWN);
  return (
    <Panel
      title="Changes since start"
      aside={
        wanted.length > SHOWN && (
          <Button look="quiet" className="-mr-2.5" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? "Newest only" : `All ${countText(wanted.length)}`}
          </Button>
        )
      }
      className="max-md:rounded-none max-md:border-x-0"
    >
      {shown.length === 0 && (
        <p className="px-4 py-3 text-muted">
          {events.length === 0 ? "None so far." : "None that the filter lets pass."}
        </p>
      )}
      <ul className="py-1">
        {shown.map((event) => (
          <EventRow key={event.seq} event={event} now={now} />
        ))}
      </ul>
    </Panel>
  );
}

function EventRow({ event, now }: { event: FabricEvent; now: number }) {
  const { at, tone, sentence } = event;
  const href = hrefOf(event);
  const words = plainText(sentence, 300);
  return (
    <li className="grid min-h-7 grid-cols-[90px_24px_minmax(0,1fr)_72px] items-baseline px-4 text-12 leading-7 max-md:min-h-11 max-md:grid-cols-[24px_minmax(0,1fr)_64px] max-md:items-center max-md:leading-4">
      <time dateTime={isoText(at)} title={isoText(at)} className="whitespace-nowrap text-muted max-md:hidden">
        {instantText(at, now)}
      </time>
      <span>{tone !== "info" && <StatusMark tone={tone} />}</span>
      <span className="truncate max-md:py-1.5 max-md:whitespace-normal" title={words}>
        {tone !== "info" && <span className="sr-only">{TONE_WORD[tone]}: </span>}
        {href === undefined ? (
          words
        ) : (
          <Link prefetch={false} href={href} className="block truncate hover:underline max-md:whitespace-normal">
            {words}
          </Link>
        )}
      </span>
      <span className="text-right whitespace-nowrap text-faint">{spanText(now - at)}</span>
    </li>
  );
}

function hrefOf({ session, source, devices }: FabricEvent): string | undefined {
  if (session !== undefined) return pathTo("sessions", session);
  if (source !== undefined) return filterOf("sources", source);
  const [device] = devices;
  return device === undefined ? undefined : pathTo("devices", device);
}
