import type { SessionStatus } from "../../lib/fabric/session.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { STATUS_SHAPES, TONE_WORD } from "../ui/status-shapes.ts";
import { OVERLAY_NAME, type Overlay, STEP_WORDS, STEPS } from "./overlay.ts";

const DASHES: Partial<Record<SessionStatus, string>> = { degraded: "6 4", unknown: "0.1 5", "admin-down": "12 5" };
const STEP_TOKEN = ["--border", "--line", "--muted", "--text"] as const;

/** What the lines say, always; what the ticks say, where that is not the state. `pathOf`: whose path is lit. */
export function MapLegend({ overlay, pathOf }: { overlay: Overlay; pathOf: string | undefined }) {
  return (
    <ul
      aria-label="Legend"
      className="flex min-h-10 flex-wrap items-center gap-x-5 gap-y-1 px-6 py-2 text-12 text-muted max-md:px-4"
    >
      <li className="flex items-center gap-2">
        <Line token="--line" width={1} />
        up
      </li>
      {pathOf !== undefined && (
        <li className="said flex max-w-60 items-center gap-2">
          <Line token="--text" width={1.5} />
          <span className="truncate">path of {pathOf}</span>
        </li>
      )}
      {(["down", "degraded", "unknown", "admin-down"] as const).map((status) => (
        <li key={status} className="flex items-center gap-2">
          <span className="relative inline-grid place-items-center">
            <Line token={STATUS_SHAPES[status].token} width={status === "down" ? 2.5 : 2} dashes={DASHES[status]} />
            <span className="absolute bg-canvas px-0.5">
              <StatusMark tone={status} size={10} className="block" />
            </span>
          </span>
          {TONE_WORD[status]}
        </li>
      ))}
      {overlay !== "state" && (
        <li className="flex flex-wrap items-center gap-x-3">
          <span className="text-text">{OVERLAY_NAME[overlay]}</span>
          {STEPS.map((step) => (
            <span key={step} className="flex items-center gap-1.5">
              <svg aria-hidden="true" width="4" height="12">
                <rect width="3" height="12" fill={`var(${STEP_TOKEN[step]})`} />
              </svg>
              {STEP_WORDS[overlay][step]}
            </span>
          ))}
        </li>
      )}
    </ul>
  );
}

function Line({ token, width, dashes }: { token: string; width: number; dashes?: string | undefined }) {
  return (
    <svg aria-hidden="true" width="32" height="12">
      <path
        d="M0 6H32"
        stroke={`var(${token})`}
        strokeWidth={width}
        {...(dashes && { strokeDasharray: dashes })}
        {...(dashes?.startsWith("0") && { strokeLinecap: "round" as const })}
      />
    </svg>
  );
}
