import Link from "next/link";
import type { Device } from "../../lib/fabric/device.ts";
import type { End, Session } from "../../lib/fabric/session.ts";
import { endSays } from "../../lib/fabric/status.ts";
import type { SessionRow } from "../../lib/view/view.ts";
import { pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { STATUS_SHAPES, TONE_TEXT } from "../ui/status-shapes.ts";

/** The two speakers and two arrows between them, for a session can break in one direction. */
export function SessionFigure({
  session,
  row,
  near,
  far,
}: {
  session: Session;
  row: SessionRow;
  near: Device | undefined;
  far: Device | undefined;
}) {
  const nearName = endTitle(session.near);
  const farName = endTitle(session.far);
  // What arrives at an end is what that end tells of: its own state is the proof that it hears the other.
  const toFar = hearing(session.far);
  const toNear = hearing(session.near);
  return (
    <div className="grid grid-cols-[1fr_344px_1fr] max-md:grid-cols-1">
      <Speaker end={session.near} device={near} row={row} which="near" />
      <svg
        viewBox="0 0 344 84"
        role="img"
        className="mt-3.5 w-full max-w-86 justify-self-center max-md:order-3"
        aria-label={`${nearName} to ${farName}: ${toFar.words}. ${farName} to ${nearName}: ${toNear.words}.`}
      >
        <Arrow y={30} from={8} to={334} state={toFar} status={row.status} />
        <text x="172" y="14" textAnchor="middle" className="fill-muted text-12">
          {short(nearName)} to {short(farName)}: {toFar.words}
        </text>
        <Arrow y={52} from={336} to={10} state={toNear} status={row.status} />
        <text x="172" y="76" textAnchor="middle" className="fill-muted text-12">
          {short(farName)} to {short(nearName)}: {toNear.words}
        </text>
      </svg>
      <Speaker end={session.far} device={far} row={row} which="far" />
    </div>
  );
}

interface Hearing {
  readonly words: string;
  readonly kind: "arrives" | "not" | "shut" | "unseen";
}

/** Whether what the other end sends is heard here. */
function hearing(end: End): Hearing {
  const says = endSays(end);
  if (says === "none") return { words: "not seen from here", kind: "unseen" };
  if (says === "admin-down") return { words: "refused on purpose", kind: "shut" };
  return says === "up" ? { words: "arrives", kind: "arrives" } : { words: "not heard", kind: "not" };
}

function Arrow({
  y,
  from,
  to,
  state,
  status,
}: {
  y: number;
  from: number;
  to: number;
  state: Hearing;
  status: SessionRow["status"];
}) {
  const way = to > from ? 1 : -1;
  const broken = state.kind === "not";
  const tone = broken ? "down" : state.kind === "shut" ? "admin-down" : state.kind === "unseen" ? "unknown" : undefined;
  const colour = tone
    ? `var(${STATUS_SHAPES[tone].token})`
    : status === "degraded"
      ? "var(--degraded-m)"
      : "var(--line)";
  const dashes = state.kind === "unseen" ? "2 4" : state.kind === "shut" ? "10 5" : undefined;
  const shape = tone && STATUS_SHAPES[tone];
  return (
    <g stroke={colour} strokeWidth={broken ? 2.5 : 1.5} fill="none" strokeLinejoin="round">
      {shape ? (
        <path d={`M${from} ${y}H${172 - 14 * way}M${172 + 14 * way} ${y}H${to}`} strokeDasharray={dashes} />
      ) : (
        <path d={`M${from} ${y}H${to}`} />
      )}
      <path d={`M${to - 6 * way} ${y - 6}l${7 * way} 6 ${-7 * way} 6`} />
      {shape && (
        <path
          transform={`translate(166 ${y - 6})`}
          d={shape.d}
          {...(shape.dashed
            ? { strokeWidth: shape.dashed.width, strokeDasharray: shape.dashed.dashes }
            : { fill: colour, stroke: "none" })}
        />
      )}
    </g>
  );
}

function Speaker({
  end,
  device,
  row,
  which,
}: {
  end: End;
  device: Device | undefined;
  row: SessionRow;
  which: "near" | "far";
}) {
  const name = plainText(endTitle(end), 60);
  const { system, version } = device?.facts ?? {};
  const fault = row.fault;
  const here = row.status !== "up" && fault && (fault.end === which || fault.end === "both");
  const left = which === "near";
  return (
    <div
      className={`flex min-w-0 flex-col px-5 pt-3.5 max-md:px-4 ${left ? "items-end text-right normal-nums max-md:items-start max-md:text-left" : ""}`}
    >
      <h2 className="said flex max-w-full flex-wrap items-center gap-x-2 text-16 leading-6">
        {end.device ? (
          <Link href={pathTo("devices", end.device)} className="min-w-0 hover:underline">
            {name}
          </Link>
        ) : (
          <span className="mono">{name}</span>
        )}
        {here && (
          <span className={`text-13 font-normal ${TONE_TEXT[row.status]}`}>
            {fault.end === "both"
              ? "fault at either end"
              : `fault ${fault.certainty === "likely" ? "likely " : ""}here`}
          </span>
        )}
      </h2>
      <p className="said text-muted">
        {[
          system && plainText([system, version].filter(Boolean).join(" "), 60),
          end.rack && `rack ${plainText(end.rack, 60)}`,
        ]
          .filter(Boolean)
          .join(", ") || (end.device ? "" : "no device that the inventory names")}
      </p>
      <p className="said text-muted">{end.neighbor?.interface && plainText(end.neighbor.interface, 60)}</p>
    </div>
  );
}

function endTitle({ device, address }: End): string {
  return device ?? address ?? "unknown device";
}

function short(name: string): string {
  return plainText(name, 18);
}
