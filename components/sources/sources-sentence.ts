import { counted, countText } from "../ui/count.ts";
import type { SourceGroup } from "./source-groups.ts";

/** How we see, in a few words. `quiet`: nothing in it that an operator must know. */
export interface SourcesSentence {
  readonly words: string;
  readonly short: string;
  readonly quiet: boolean;
}

export function sourcesSentence(groups: readonly SourceGroup[]): SourcesSentence {
  const sum = (of: (group: SourceGroup) => number) => groups.reduce((total, group) => total + of(group), 0);
  const total = sum((group) => group.total);
  const silent = sum(({ counts }) => counts.silent);
  const waiting = sum(({ counts }) => counts.waiting);
  const late = sum(({ counts }) => counts.late);

  if (total === 0) return { words: "No sources", short: "No sources", quiet: true };
  if (silent > 0) {
    return {
      words: `${countText(silent)} of ${counted(total, "source")} silent`,
      short: `${countText(silent)} silent`,
      quiet: false,
    };
  }
  if (waiting > 0) {
    return {
      words: `${countText(waiting)} of ${counted(total, "source")} not heard yet`,
      short: `${countText(waiting)} not heard`,
      quiet: true,
    };
  }
  if (late > 0) {
    const words = `${countText(late)} of ${counted(total, "source")} late`;
    return { words, short: `${countText(late)} late`, quiet: true };
  }
  return {
    words: total === 1 ? "The source answers" : `All ${counted(total, "source")} answer`,
    short: `${countText(total)} answer`,
    quiet: true,
  };
}
