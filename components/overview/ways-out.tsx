import { type NodeWays, type RackRedundancy, type Redundancy, standing } from "../../lib/view/redundancy.ts";
import { counted, countText } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";
import { RackBars } from "./rack-bars.tsx";
import { usualWays } from "./summary-line.ts";

/** Up to here each node has a tick of its own; beyond, each rack has a bar. */
const MAX_TICKS = 256;

/** The one large number beside the list: how many nodes would outlive the loss of a ToR. */
export function WaysOut({ ways }: { ways: Redundancy }) {
  const usual = usualWays(ways);
  const quiet = ways.full === ways.total;
  return (
    <div className="px-4 pt-3.5 pb-3">
      <h3 className="text-12 text-faint">{usual ? `Nodes with ${usual}` : "Nodes with all their ways out"}</h3>
      <p className="text-muted">
        <span className="text-20 font-semibold tracking-[-.01em] text-text">{countText(ways.full)}</span> of{" "}
        {countText(ways.total)}
        {ways.none > 0 && (
          <>
            , <span className="text-down">{countText(ways.none)} cut off</span>
          </>
        )}
        {ways.reduced > 0 && (
          <>
            , <span className="text-degraded">{countText(ways.reduced)} have fewer</span>
          </>
        )}
        {ways.notSeen > 0 && (
          <>
            , <span className="text-unknown">{countText(ways.notSeen)} not seen</span>
          </>
        )}
        {quiet && ways.total > 1 && ", every one"}
      </p>
      {ways.total <= MAX_TICKS ? (
        <div className="mt-2 flex flex-wrap gap-x-2.5 gap-y-2">
          {ways.racks.map((rack) => (
            <RackTicks key={rack.rack} rack={rack} />
          ))}
        </div>
      ) : (
        <RackBars racks={ways.racks} />
      )}
    </div>
  );
}

function RackTicks({ rack: { rack, nodes } }: { rack: RackRedundancy }) {
  const name = rack === "" ? "no rack" : plainText(rack, 24);
  const full = nodes.filter((node) => standing(node) === "full").length;
  return (
    <div
      role="img"
      aria-label={`${name}: ${full} of ${counted(nodes.length, "node")} with every way out`}
      className="min-w-0 max-w-full"
    >
      <div className="flex min-h-4 forced-color-adjust-none flex-wrap items-end gap-x-[3px] gap-y-1">
        {nodes.map((node) => (
          <Tick key={node.name} node={node} />
        ))}
      </div>
      <p aria-hidden="true" className="mt-0.5 max-w-24 truncate text-12 text-faint">
        {name}
      </p>
    </div>
  );
}

/** Whole and low: well. Tall: fewer ways. Broken in two: cut off. Outline: not seen. */
function Tick({ node }: { node: NodeWays }) {
  const title = `${node.name}: ${node.ways === undefined ? "not seen" : `${node.ways} of ${counted(node.expected, "way")} out`}`;
  switch (standing(node)) {
    case "full":
      return <i title={title} className="h-3 w-1 rounded-[1px] bg-line" />;
    case "reduced":
      return <i title={title} className="h-4 w-1 rounded-[1px] bg-degraded-m" />;
    case "none":
      return (
        <i title={title} className="flex h-4 w-1 flex-col justify-between">
          <i className="h-[7px] rounded-[1px] bg-down-m" />
          <i className="h-[7px] rounded-[1px] bg-down-m" />
        </i>
      );
    case "notSeen":
      return <i title={title} className="h-3 w-1 rounded-[1px] border border-dashed border-unknown" />;
  }
}
