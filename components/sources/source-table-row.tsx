import Link from "next/link";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { countText } from "../ui/count.ts";
import { instantText, spanText } from "../ui/format-time.ts";
import { pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { Age } from "../ui/when.tsx";
import { CONDITION_WORD } from "./source-condition.ts";
import type { SourceRow } from "./source-rows.ts";

const CELL = "px-2 py-2 align-top first:pl-6 last:pr-6 max-lg:p-0 max-lg:first:pl-0";
const KIND: Readonly<Record<string, string>> = {
  bird: "BIRD",
  frr: "FRR",
  "arista-eapi": "Arista eAPI",
  "cisco-nxapi": "Cisco NX-API",
  junos: "Junos",
};

export function SourceTableRow(props: {
  row: SourceRow;
  now: number;
  index: number;
  measure: (element: HTMLElement | null) => void;
}) {
  const { row, now, index, measure } = props;
  const { source, condition, rack } = row;
  const silent = condition === "silent";
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className="border-b border-border hover:bg-raised max-lg:grid max-lg:grid-cols-[1fr_auto] max-lg:gap-x-3 max-lg:gap-y-1 max-lg:px-4 max-lg:py-3"
    >
      <td className={`${CELL} max-lg:col-start-2 max-lg:row-start-1`}>
        <StatusWord tone={silent ? "unknown" : "up"} word={CONDITION_WORD[condition]} />
      </td>
      <th scope="row" className={`${CELL} said text-left font-normal max-lg:col-start-1 max-lg:row-start-1`}>
        <Link
          prefetch={false}
          href={pathTo("devices", source.device)}
          className="hover:underline max-lg:-my-3 max-lg:inline-block max-lg:py-3"
        >
          {plainText(source.device, 80)}
        </Link>
      </th>
      <td className={`${CELL} text-muted max-lg:hidden`}>
        {rack !== undefined && (
          <span className="said line-clamp-2" title={plainText(rack, 63)}>
            {plainText(rack, 63)}
          </span>
        )}
      </td>
      <td className={`${CELL} min-w-0 max-lg:col-start-1`}>
        <div className="flex items-start gap-1">
          <span className="said min-w-0 text-muted">
            {plainText(KIND[source.kind] ?? source.kind, 40)}{" "}
            <span className="mono">{plainText(source.address, 200)}</span>
          </span>
          <CopyButton text={source.address} what={`address of ${source.device}`} className="-my-1 max-lg:hidden" />
        </div>
      </td>
      <td className={`${CELL} text-right whitespace-nowrap max-lg:col-start-2 ${silent ? "text-unknown" : ""}`}>
        {source.lastOkAt === undefined ? "never" : <Age at={source.lastOkAt} now={now} />}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap text-muted max-xl:hidden`}>{seconds(source.everyMs)}</td>
      <td className={`${CELL} text-right whitespace-nowrap text-muted max-xl:hidden`}>
        {source.tookMs !== undefined && `${countText(Math.round(source.tookMs))} ms`}
      </td>
      <td className={`${CELL} said max-lg:col-span-2 max-lg:empty:hidden`}>
        <Wrong source={source} now={now} />
      </td>
    </tr>
  );
}

function Wrong({ source: { error, trouble }, now }: { source: SourceHealth; now: number }) {
  if (!error && !trouble?.length) return null;
  return (
    <>
      {error && (
        <p>
          {plainText(error.text, 300)}{" "}
          <span className="whitespace-nowrap text-muted">
            since {instantText(error.since, now)}, {spanText(now - error.since)}
          </span>
        </p>
      )}
      {trouble?.map(({ part, text }) => (
        <p key={part} className="text-muted">
          <span className="mono">{plainText(part, 80)}</span>: {plainText(text, 200)}
        </p>
      ))}
    </>
  );
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
