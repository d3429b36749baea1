import type { NodeWays, Redundancy } from "../../lib/view/redundancy.ts";
import type { SourceGroup } from "../sources/source-groups.ts";
import { counted, countText } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";

const NUMBER = ["no", "one", "two", "three", "four", "five", "six"];

/** The line under the title: what the state means for those behind it, and how well we see. */
export function summaryLine(ways: Redundancy, groups: readonly SourceGroup[], now: number): string {
  return [...reach(ways), ...sight(ways, groups, now)].join(" ");
}

/** `two ways out` when every node should have two; `undefined` when they differ, or none has any. */
export function usualWays(ways: Redundancy): string | undefined {
  const expected = new Set(nodesOf(ways).map((node) => node.expected));
  expected.delete(0);
  const [only] = expected;
  return expected.size === 1 && only !== undefined ? waysOut(only) : undefined;
}

function reach(ways: Redundancy): string[] {
  const { total, none, reduced, full, notSeen } = ways;
  if (total === notSeen) return [];
  const cut = none > 0 ? cutOff(ways) : `No node ${notSeen > 0 ? "that we see " : ""}is cut off.`;
  if (reduced > 0) return [cut, `${countText(reduced)} of ${counted(total, "node")} ${reducedWords(ways)}.`];
  if (none > 0) return [cut];
  const usual = usualWays(ways) ?? "all their ways out";
  return notSeen > 0
    ? [cut, `${countText(full)} of ${counted(total, "node")} have ${usual}.`]
    : [total === 1 ? `The one node has ${usual}.` : `All ${counted(total, "node")} have ${usual}.`];
}

function cutOff(ways: Redundancy): string {
  const cut = nodesOf(ways).filter((node) => node.ways === 0);
  const [first] = cut;
  if (cut.length === 1 && first) return `${first.name} has no way out: its pods are cut off.`;
  return `${counted(cut.length, "node")} have no way out: their pods are cut off.`;
}

function reducedWords(ways: Redundancy): string {
  const reduced = nodesOf(ways).filter(({ ways: left = 0, expected }) => left > 0 && left < expected);
  const has = reduced.length === 1 ? "has" : "have";
  const left = new Set(reduced.map((node) => node.ways));
  const built = new Set(reduced.map((node) => node.expected));
  const [is] = left;
  const [was] = built;
  if (left.size > 1 || built.size > 1 || is === undefined || was === undefined)
    return `${has} fewer ways out than built`;
  return `${has} ${waysOut(is)} instead of ${NUMBER[was] ?? was}`;
}

function sight(ways: Redundancy, groups: readonly SourceGroup[], now: number): string[] {
  const waiting = groups.reduce((sum, { counts }) => sum + counts.waiting, 0);
  if (waiting > 0) return [`${counted(waiting, "source")} ${waiting === 1 ? "has" : "have"} not been heard yet.`];
  const unseen = ways.racks.filter(({ rack, nodes }) => rack !== "" && nodes.every((node) => node.ways === undefined));
  if (unseen.length === 1) return [`Rack ${unseen[0]?.rack} cannot be seen.`];
  if (unseen.length > 1) return [`${unseen.length} racks cannot be seen.`];
  if (ways.notSeen > 0) return [`${counted(ways.notSeen, "node")} cannot be seen.`];
  return freshest(groups, now);
}

/** Said only while every source answers: how old the oldest answer is. */
function freshest(groups: readonly SourceGroup[], now: number): string[] {
  let oldest = now;
  let total = 0;
  for (const group of groups) {
    if (group.oldestOkAt === undefined || group.counts.silent > 0) return [];
    oldest = Math.min(oldest, group.oldestOkAt);
    total += group.total;
  }
  if (total === 0) return [];
  const all = total === 1 ? "The source answers" : `All ${counted(total, "source")} answer`;
  return [`${all}, the last of them ${spanText(now - oldest)} ago.`];
}

function nodesOf(ways: Redundancy): readonly NodeWays[] {
  return ways.racks.flatMap(({ nodes }) => nodes);
}

function waysOut(count: number): string {
  return `${NUMBER[count] ?? count} way${count === 1 ? "" : "s"} out`;
}
