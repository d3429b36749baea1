import { SESSION_STATE_NAME, SESSION_STATES } from "../../lib/bgp/session-state.ts";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import type { End, Session } from "../../lib/fabric/session.ts";
import { EXPLAIN_STATE } from "../../lib/view/explain.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import { type MirrorRow, mirrorRows } from "./mirror-rows.ts";
import { TermHelp } from "./term-help.tsx";

/** Both ends of a session, mirrored around the names of the facts. Only what differs and matters is tinted. */
export function SessionMirror({
  session,
  sources,
  now,
}: {
  session: Session;
  sources: ReadonlyMap<string, SourceHealth>;
  now: number;
}) {
  const rows = mirrorRows(session, now);
  return (
    <table className="mt-2.5 mb-1 w-full table-fixed border-collapse">
      <caption className="sr-only">What each end says</caption>
      <colgroup>
        <col />
        <col className="w-50 max-md:w-24" />
        <col />
      </colgroup>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} className={row.differs ? "bg-down/9" : ""}>
            <Side text={row.near} row={row} end={session.near} side="left" />
            <th
              scope="row"
              className={`relative border-t border-border px-1 text-center text-12 font-normal ${row.differs ? "text-text" : "text-faint"}`}
            >
              {row.name}
              {row.differs && (
                <span className="absolute right-1 text-14 font-semibold text-down">
                  ≠<span className="sr-only"> the ends differ</span>
                </span>
              )}
            </th>
            <Side text={row.far} row={row} end={session.far} side="right" />
          </tr>
        ))}
        <tr>
          <Seen end={session.near} sources={sources} now={now} side="left" />
          <th scope="row" className="border-t border-border px-1 text-center text-12 font-normal text-faint">
            seen
          </th>
          <Seen end={session.far} sources={sources} now={now} side="right" />
        </tr>
      </tbody>
    </table>
  );
}

const CELL = "h-7 border-t border-border px-5 py-0.5 max-md:px-2";

function Side({
  text,
  row,
  end,
  side,
}: {
  text: string | undefined;
  row: MirrorRow;
  end: End;
  side: "left" | "right";
}) {
  const stale = end.neighbor !== undefined && end.freshness !== "fresh" && row.name !== "address" && row.name !== "AS";
  const align = side === "left" ? "text-right normal-nums" : "";
  if (text === undefined) {
    return (
      <td className={`${CELL} ${align} text-faint`}>
        <span aria-hidden="true" title="not told">
          –
        </span>
        <span className="sr-only">not told</span>
      </td>
    );
  }
  const shown = plainText(text, 400);
  const help =
    row.name === "says" ? SESSION_STATES.find((state) => text.startsWith(SESSION_STATE_NAME[state])) : undefined;
  return (
    <td className={`${CELL} ${align} ${stale ? "hatch" : ""}`}>
      <span className={`said ${row.mono ? "mono" : ""}`}>{shown}</span>
      {help && <TermHelp term={SESSION_STATE_NAME[help]} text={EXPLAIN_STATE[help]} />}
      {row.name === "address" && (
        <CopyButton text={text} what={`address ${shown}`} className="align-middle max-md:size-6!" />
      )}
    </td>
  );
}

function Seen({
  end,
  sources,
  now,
  side,
}: {
  end: End;
  sources: ReadonlyMap<string, SourceHealth>;
  now: number;
  side: "left" | "right";
}) {
  const source = end.source === undefined ? undefined : sources.get(end.source);
  const old = end.freshness !== "fresh";
  const words = !source
    ? "nothing asks this end"
    : `${source.lastOkAt === undefined ? "never answered" : `${spanText(now - source.lastOkAt)} ago`}, ${plainText(source.id, 60)}`;
  return (
    <td
      className={`${CELL} ${side === "left" ? "text-right normal-nums" : ""} ${source && old ? "text-unknown" : "text-muted"}`}
    >
      <span className="said">{words}</span>
    </td>
  );
}
