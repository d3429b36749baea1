import { type RackRedundancy, standing } from "../../lib/view/redundancy.ts";
import { counted, countText } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";

const WIDTH = 368;
const HEIGHT = 40;
/** As many bars as can still be told apart; the worst racks come first when there are more. */
const MAX_BARS = 122;
const NAMED = 3;

interface Bar {
  readonly rack: string;
  readonly total: number;
  readonly none: number;
  readonly reduced: number;
  readonly notSeen: number;
}

/** Thousands of nodes: one bar a rack, from the top what is cut off, reduced, not seen; below, what stands. */
export function RackBars({ racks }: { racks: readonly RackRedundancy[] }) {
  const bars = racks.map(barOf);
  const worst = bars.filter((bar) => bar.none + bar.reduced + bar.notSeen > 0).sort(worstFirst);
  const shown = bars.length > MAX_BARS ? [...bars].sort(worstFirst).slice(0, MAX_BARS) : bars;
  const step = Math.min(20, WIDTH / shown.length);
  const width = Math.max(1.5, step - Math.min(3, step / 3));
  const label = `${counted(bars.length, "rack")}, ${countText(worst.length)} of them with a node that lacks a way out or is not seen`;
  return (
    <div className="mt-2">
      <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-10 w-full max-w-[368px]">
        {shown.map((bar, at) => (
          <BarOf key={bar.rack} bar={bar} x={at * step} width={width} />
        ))}
      </svg>
      <p className="mt-1 text-12 text-faint">
        {worst.length === 0 && `${counted(bars.length, "rack")}, one bar each`}
        {worst.slice(0, NAMED).map((bar, at) => (
          <span key={bar.rack}>
            {at > 0 && ", "}
            {bar.rack === "" ? "no rack" : plainText(bar.rack, 24)}{" "}
            {countText(bar.total - bar.none - bar.reduced - bar.notSeen)} of {countText(bar.total)}
          </span>
        ))}
        {worst.length > NAMED && `, and ${counted(worst.length - NAMED, "more rack")}`}
      </p>
    </div>
  );
}

function BarOf({ bar, x, width }: { bar: Bar; x: number; width: number }) {
  const unit = HEIGHT / bar.total;
  const none = bar.none * unit;
  const reduced = bar.reduced * unit;
  const unseen = bar.notSeen * unit;
  return (
    <g transform={`translate(${x} 0)`}>
      <title>{`${bar.rack}: ${bar.total - bar.none - bar.reduced - bar.notSeen} of ${bar.total} with every way out`}</title>
      <rect
        y={none + reduced + unseen}
        width={width}
        height={Math.max(0, HEIGHT - none - reduced - unseen)}
        fill="var(--line)"
        opacity=".55"
      />
      {unseen > 0 && (
        <rect
          x=".5"
          y={none + reduced + 0.5}
          width={Math.max(0.5, width - 1)}
          height={Math.max(0.5, unseen - 1)}
          fill="none"
          stroke="var(--unknown)"
          strokeDasharray="1.5 1.5"
        />
      )}
      {reduced > 0 && <rect y={none} width={width} height={Math.max(3, reduced)} fill="var(--degraded-m)" />}
      {none > 0 && <rect width={width} height={Math.max(3, none)} fill="var(--down-m)" />}
    </g>
  );
}

function barOf({ rack, nodes }: RackRedundancy): Bar {
  const counts = { full: 0, none: 0, reduced: 0, notSeen: 0 };
  for (const node of nodes) counts[standing(node)] += 1;
  return { rack, total: nodes.length, none: counts.none, reduced: counts.reduced, notSeen: counts.notSeen };
}

function worstFirst(a: Bar, b: Bar): number {
  return b.none - a.none || b.reduced - a.reduced || b.notSeen - a.notSeen;
}
