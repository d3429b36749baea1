import { useMemo } from "react";
import type { EndRow, FabricView } from "../../lib/view/view.ts";
import { countText } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";
import { prefixSummary } from "./prefix-summary.ts";

/** How many routes the fabric carries, and who is nearest to the limit that would end a session. */
export function PrefixFacts({ view }: { view: FabricView }) {
  const { fromNodes, toNodes, nearest } = useMemo(() => prefixSummary(view), [view]);
  if (!fromNodes && !toNodes && !nearest) return null;
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-y-1 border-t border-border px-4 py-3">
      {fromNodes && (
        <Fact name="Prefixes that ToRs accept from nodes" value={countText(fromNodes.sum)} told={fromNodes} />
      )}
      {toNodes && <Fact name="Prefixes that nodes accept from ToRs" value={countText(toNodes.sum)} told={toNodes} />}
      {nearest && (
        <Fact
          name={`Nearest to its limit: ${plainText(endName(nearest.end), 40)}`}
          value={`${Math.floor(nearest.share * 100)} % of ${countText(nearest.limit)}`}
        />
      )}
    </dl>
  );
}

function Fact({ name, value, told }: { name: string; value: string; told?: { told: number; of: number } }) {
  const partial = told && told.told < told.of;
  return (
    <>
      <dt className="truncate text-muted" title={name}>
        {name}
      </dt>
      <dd className="pl-4 text-right">
        {value}
        {partial && <span className="text-faint">{` by ${told.told} of ${told.of}`}</span>}
      </dd>
    </>
  );
}

function endName(end: EndRow): string {
  return end.device ?? end.address ?? "an end without a name";
}
