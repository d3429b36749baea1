import type { SessionStatus } from "../../lib/fabric/session.ts";
import type { Fault } from "../../lib/fabric/verdict.ts";
import { STATUS_SHAPES } from "../ui/status-shapes.ts";

/** Two speakers and the line between them, filled where the fault is. Words stand beside it. */
export function FaultFigure({ end, tone }: { end: Fault["end"]; tone: SessionStatus }) {
  const colour = `var(${STATUS_SHAPES[tone].token})`;
  const wire = end === "between";
  const unseen = end === "unseen";
  return (
    <svg aria-hidden="true" width="36" height="12" className="mt-0.5 flex-none max-md:mt-0">
      <Speaker x={1} colour={end === "near" || end === "both" ? colour : undefined} unseen={unseen} />
      <path
        d="M10 6h16"
        stroke={wire ? colour : unseen ? "var(--unknown)" : "var(--line)"}
        strokeWidth={wire ? 2.5 : 1.25}
        {...(unseen && { strokeDasharray: "2 2" })}
      />
      {wire && <path d="M15.5 2.5l5 7M20.5 2.5l-5 7" stroke={colour} strokeWidth="1.5" />}
      <Speaker x={27} colour={end === "far" || end === "both" ? colour : undefined} unseen={unseen} />
    </svg>
  );
}

function Speaker({ x, colour, unseen }: { x: number; colour: string | undefined; unseen: boolean }) {
  return (
    <rect
      x={x}
      y="2"
      width="8"
      height="8"
      rx="1.5"
      fill={colour ?? "none"}
      stroke={colour ?? (unseen ? "var(--unknown)" : "var(--line)")}
      strokeWidth="1.25"
      {...(unseen && { strokeDasharray: "2 1.6" })}
    />
  );
}
