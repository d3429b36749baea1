"use client";

import { useState } from "react";
import type { AttentionEntry } from "../../lib/view/attention.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { Button } from "../ui/button.tsx";
import { counted, countText } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";
import { matching } from "../ui/matching.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { AttentionItem } from "./attention-item.tsx";

/** More than this at once is a flood: the worst stand here, and the rest is one press away. */
const SHOWN = 20;

/** Needs attention: one entry for each cause, worst first. */
export function AttentionPanel(props: {
  view: FabricView;
  entries: readonly AttentionEntry[];
  now: number;
  filter: string;
}) {
  const { view, entries, now, filter } = props;
  const [all, setAll] = useState(false);
  const wanted = matching(entries, filter, ({ sentence, meaning, fault, devices }) => [
    sentence,
    meaning,
    fault?.where,
    ...devices,
  ]);
  const shown = all ? wanted : wanted.slice(0, SHOWN);
  const hidden = wanted.length - shown.length;
  const filtered = entries.length - wanted.length;
  return (
    <Panel
      title="Needs attention"
      count={entries.length > 0 ? countText(entries.length) : undefined}
      aside={
        filtered > 0 ? `${countText(wanted.length)} of ${countText(entries.length)} shown, by the filter` : undefined
      }
      className="max-md:rounded-none max-md:border-x-0"
    >
      {entries.length === 0 && <AllWell view={view} now={now} />}
      {entries.length > 0 && wanted.length === 0 && (
        <Notice title={`None of the ${countText(entries.length)} matches “${plainText(filter, 60)}”.`}>
          Clear the filter with Esc in the search box.
        </Notice>
      )}
      <ul>
        {shown.map((entry) => (
          <AttentionItem key={entry.id} entry={entry} now={now} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className="border-t border-border px-4 py-2">
          <Button look="quiet" onClick={() => setAll(true)}>
            Show {countText(hidden)} more
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** Quiet, but not empty: what is watched, and when something last happened. */
function AllWell({ view, now }: { view: FabricView; now: number }) {
  const last = view.events.at(-1);
  if (view.sessions.size === 0) {
    return (
      <Notice title="No session seen yet.">
        Sessions appear as soon as a source has answered. The Sources page tells which have not, and why.
      </Notice>
    );
  }
  return (
    <Notice title="Nothing needs attention.">
      {counted(view.sessions.size, "session")} of {counted(view.devices.size, "device")} are watched.{" "}
      {last
        ? `The last change was ${spanText(now - last.at)} ago.`
        : "Nothing has changed since Peerglass began to watch."}
    </Notice>
  );
}
