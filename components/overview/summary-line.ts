import type { NodeWays, Redundancy } from "../../lib/view/redundancy.ts";
import type { SourceGroup } from "../sources/source-groups.ts";
import { counted, countText } from "../ui/count.ts";

const NUMBER = ["no", "one", "two", "three", "four", "five", "six"];

/** The line under the title: what the state means for those behind it. */
export function summaryLine(ways: Redundancy, groups: readonly SourceGroup[]): string {
  const sentences = [...reach(ways), ...sight(ways, groups)];
  return sentences.join(" ");
}

/** `two` when every node should have two ways out; undefined when they differ or there is none. */
export function usualWays(ways: Redundancy): string | undefined {
  const expected = new Set(ways.racks.flatMap(({ nodes }) => nodes.map((node) => node.expected)));
  expected.delete(0);
  const [only] = expected;
  return expected.size === 1 && only !== undefined ? numberWord(only) : undefined;
}

function reach(ways: Redundancy): string[] {
  const { total, none, reduced, full, notSeen } = ways;
  const seen = total - notSeen;
  if (seen === 0) return [];
  const cut = none === 0 ? `No node ${notSeen > 0 ? "that we see " : ""}is cut off.` : cutOff(ways);
  if (reduced > 0) return [cut, `${countText(reduced)} of ${counted(total, "node")} ${reducedWords(ways)}.`];
  if (none > 0) return [cut];
  const usual = usualWays(ways);
  const all =
    notSeen === 0 ? `All ${counted(full, "node")} have` : `${countText(full)} of ${counted(total, "node")} have`;
  return [
    notSeen > 0 ? cut : "",
    `${all} ${usual ? `${usual} way${usual === "one" ? "" : "s"} out` : "all their ways out"}.`,
  ].filter(Boolean);
}

function cutOff(ways: Redundancy): string {
  const names = nodesOf(ways).filter((node) => node.ways === 0);
  const [first] = names;
  if (names.length === 1 && first) return `${first.name} has no way out: its pods are cut off.`;
  return `${counted(names.length, "node")} have no way out: their pods are cut off.`;
}

function reducedWords(ways: Redundancy): string {
  const reduced = nodesOf(ways).filter((node) => node.ways !== undefined && node.ways > 0 && node.ways < node.expected);
  const has = reduced.length === 1 ? "has" : "have";
  const left = new Set(reduced.map((node) => node.ways));
  const should = new Set(reduced.map((node) => node.expected));
  const [one] = left;
  const [of] = should;
  if (left.size !== 1 || should.size !== 1 || one === undefined || of === undefined)
    return `${has} fewer ways out than built`;
  return `${has} ${numberWord(one)} way${one === 1 ? "" : "s"} out instead of ${numberWord(of)}`;
}

function sight(ways: Redundancy, groups: readonly SourceGroup[]): string[] {
  const unseenRacks = ways.racks.filter(
    ({ rack, nodes }) => rack !== "" && nodes.every((node) => node.ways === undefined),
  );
  if (unseenRacks.length === 1) return [`Rack ${unseenRacks[0]?.rack} cannot be seen.`];
  if (unseenRacks.length > 1) return [`${unseenRacks.length} racks cannot be seen.`];
  if (ways.notSeen > 0) return [`${counted(ways.notSeen, "node")} cannot be seen.`];
  const waiting = groups.reduce((sum, { counts }) => sum + counts.waiting, 0);
  return waiting > 0 ? [`${counted(waiting, "source")} not heard yet.`] : [];
}

function nodesOf(ways: Redundancy): readonly NodeWays[] {
  return ways.racks.flatMap(({ nodes }) => nodes);
}

function numberWord(n: number): string {
  return NUMBER[n] ?? String(n);
}
