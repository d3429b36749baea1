"use client";

import { parseAsString, useQueryState } from "nuqs";
import { Tabs } from "radix-ui";
import { useMemo } from "react";
import type { Evidence } from "../../lib/fabric/observation.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { counted } from "../ui/count.ts";
import { Notice } from "../ui/notice.tsx";
import { plainText } from "../ui/plain-text.ts";
import { Age } from "../ui/when.tsx";

/** More lines than this are not drawn; the copy has all that came. */
const SHOWN_LINES = 400;
const LINE_CHARS = 400;

/** What the devices answered, as it came: the ground under every word above. `needles` are names worth finding in it. */
export function EvidenceTabs({
  evidence,
  needles,
  now,
}: {
  evidence: readonly Evidence[];
  needles: readonly string[];
  now: number;
}) {
  const [asked, setAsked] = useQueryState("evidence", parseAsString);
  const keys = evidence.map(keyOf);
  const open = asked !== null && keys.includes(asked) ? asked : (keys[0] ?? "");
  return (
    <section aria-label="Evidence" className="flex min-w-0 flex-col rounded-panel border border-border bg-panel">
      {evidence.length === 0 ? (
        <>
          <h2 className="flex h-10 items-center border-b border-border px-4">Evidence</h2>
          <Notice title="No answer is kept.">The sources of this have not answered since the console started.</Notice>
        </>
      ) : (
        <Tabs.Root value={open} onValueChange={(key) => void setAsked(key)} className="flex min-h-0 flex-col">
          <Tabs.List aria-label="Evidence" className="flex h-10 flex-none overflow-x-auto border-b border-border px-2">
            {evidence.map((one) => (
              <Tabs.Trigger
                key={keyOf(one)}
                value={keyOf(one)}
                title={plainText(one.command, 200)}
                className="border-b-2 border-transparent px-2 whitespace-nowrap text-muted -outline-offset-2 hover:text-text data-[state=active]:border-text data-[state=active]:text-text"
              >
                {plainText(one.device, 40)} <span className="mono">{plainText(one.command, 32)}</span>
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {evidence.map((one) => (
            <Tabs.Content key={keyOf(one)} value={keyOf(one)} className="-outline-offset-2">
              <Answer evidence={one} needles={needles} now={now} />
            </Tabs.Content>
          ))}
        </Tabs.Root>
      )}
    </section>
  );
}

/** Fit for an id of HTML, which must have no blanks. */
function keyOf({ source, command }: Evidence): string {
  return `${source} ${command}`.replaceAll(/[^A-Za-z0-9]+/g, "-");
}

function Answer({ evidence, needles, now }: { evidence: Evidence; needles: readonly string[]; now: number }) {
  const { text, command, observedAt, cutChars, source } = evidence;
  const lines = useMemo(() => text.split(/\r?\n/), [text]);
  return (
    <>
      <p className="flex items-center gap-2 px-4 pt-1.5 text-12 text-muted">
        <span className="said min-w-0 flex-1">
          <span className="mono">{plainText(command, 200)}</span>, {plainText(source, 60)},{" "}
          <Age at={observedAt} now={now} /> ago
          {cutChars !== undefined && `, cut: ${counted(cutChars, "character")} more`}
        </span>
        <CopyButton text={text} what="this answer" />
      </p>
      <section
        aria-label={`Answer of ${plainText(source, 60)}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        className="max-h-120 overflow-auto pb-2 -outline-offset-2"
      >
        <pre className="mono text-12 leading-[19px] text-muted">
          {lines.slice(0, SHOWN_LINES).map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one answer have no other name
            <span key={at} className="flex">
              <span aria-hidden="true" className="w-10 flex-none pr-3 text-right text-faint select-none">
                {at + 1}
              </span>
              <span className={needles.some((needle) => holds(line, needle)) ? "bg-raised text-text" : ""}>
                {plainText(line.replaceAll("\t", "        "), LINE_CHARS) || " "}
              </span>
            </span>
          ))}
        </pre>
      </section>
      {lines.length > SHOWN_LINES && (
        <p className="px-4 pb-2 text-12 text-muted">
          {counted(lines.length - SHOWN_LINES, "more line")}: copy the answer to read them.
        </p>
      )}
    </>
  );
}

/** A name counts where it stands alone: `10.0.0.1` is not in `10.0.0.11`. */
function holds(line: string, needle: string): boolean {
  const at = needle === "" ? -1 : line.indexOf(needle);
  return at >= 0 && !/[\w.:]/.test(line[at + needle.length] ?? "") && !/[\w.:]/.test(line[at - 1] ?? "");
}
