import Link from "next/link";
import type { SourceGroup } from "../sources/source-groups.ts";
import { counted, countText } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";

const SHOWN = 8;

/** How we see: one line for each group of sources that fail together, worst first. */
export function SourcesPanel({ groups, now }: { groups: readonly SourceGroup[]; now: number }) {
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const answering = groups.reduce((sum, group) => sum + answeringIn(group), 0);
  const hidden = groups.slice(SHOWN);
  return (
    <Panel
      title="Sources"
      aside={
        <Link prefetch={false} href="/sources" className="inline-flex min-h-6 items-center hover:text-text">
          {answering === total
            ? `all ${countText(total)} answer`
            : `${countText(answering)} of ${countText(total)} answer`}
        </Link>
      }
      className="max-md:rounded-none max-md:border-x-0"
    >
      <ul className="py-1">
        {groups.slice(0, SHOWN).map((group) => (
          <GroupRow key={group.key} group={group} now={now} />
        ))}
      </ul>
      {hidden.length > 0 && (
        <p className="px-4 pt-1 pb-3 pl-10 text-12 text-muted">
          {`and ${counted(hidden.length, "more group")} of ${counted(
            hidden.reduce((sum, group) => sum + group.total, 0),
            "source",
          )}`}
        </p>
      )}
    </Panel>
  );
}

function GroupRow({ group, now }: { group: SourceGroup; now: number }) {
  const silent = group.counts.silent > 0;
  return (
    <li className="grid h-8 grid-cols-[24px_minmax(0,136px)_minmax(0,1fr)_auto] items-center gap-x-0 px-4 max-md:h-11">
      <span className="flex">{silent && <StatusMark tone="unknown" />}</span>
      <span className="truncate pr-2" title={group.name}>
        {plainText(group.name, 60)}
      </span>
      <span className="truncate text-12 text-muted">{silent ? silentWords(group) : answerWords(group)}</span>
      <span className={`pl-2 whitespace-nowrap ${silent ? "text-unknown" : "text-muted"}`}>
        {group.oldestOkAt === undefined ? (silent ? "never" : "not yet") : spanText(now - group.oldestOkAt)}
      </span>
    </li>
  );
}

function silentWords({ counts, total, devices }: SourceGroup): string {
  if (counts.silent === total && devices.length <= 3)
    return `silent: ${devices.map((name) => plainText(name, 40)).join(", ")}`;
  return `${countText(counts.silent)} of ${countText(total)} silent`;
}

function answerWords(group: SourceGroup): string {
  const { total, counts, everyMs } = group;
  const every = `every ${Math.round(everyMs / 100) / 10} s`;
  if (counts.waiting > 0) return `${countText(counts.waiting)} of ${countText(total)} not heard yet`;
  if (counts.late > 0) return `${countText(counts.late)} of ${countText(total)} late, ${every}`;
  return `${countText(answeringIn(group))} of ${countText(total)}, ${every}`;
}

function answeringIn({ counts }: SourceGroup): number {
  return counts.ok + counts.partial + counts.late;
}
