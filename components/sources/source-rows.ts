import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { matching } from "../ui/matching.ts";
import { CONDITION_WORD, conditionOf, type SourceCondition, worseCondition } from "./source-condition.ts";

export interface SourceRow {
  readonly source: SourceHealth;
  readonly condition: SourceCondition;
  readonly rack?: string;
}

/** All sources that the filter lets pass: worst first, those that have been quiet for longest before others, then by name. */
export function sourceRows(view: FabricView, now: number, filter: string): readonly SourceRow[] {
  const rows = [...view.sources.values()].map((source): SourceRow => {
    const rack = view.devices.get(source.device)?.rack;
    return { source, condition: conditionOf(source, now), ...(rack !== undefined && { rack }) };
  });
  const wanted = matching(rows, filter, ({ source, condition, rack }) => [
    source.id,
    source.device,
    source.kind,
    source.address,
    CONDITION_WORD[condition],
    rack === undefined ? undefined : `rack ${rack}`,
    source.error?.text,
    ...(source.trouble ?? []).flatMap(({ part, text }) => [part, text]),
  ]);
  return wanted.toSorted(
    (a, b) =>
      worseCondition(a.condition, b.condition) ||
      quietSince(a) - quietSince(b) ||
      byNaturalName(a.source.device, b.source.device) ||
      byNaturalName(a.source.id, b.source.id),
  );
}

/** Sources that answer change their last answer every second: they must not change places by it. */
function quietSince({ source, condition }: SourceRow): number {
  return condition === "silent" ? (source.lastOkAt ?? 0) : 0;
}
