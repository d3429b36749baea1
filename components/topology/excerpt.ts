import type { Evidence } from "../../lib/fabric/observation.ts";
import { plainText } from "../ui/plain-text.ts";

export interface Excerpt {
  readonly evidence: Evidence;
  readonly lines: readonly { readonly text: string; readonly telling: boolean }[];
}

const MOST_LINES = 7;
const LONGEST_LINE = 160;
/** Answers may be 64 KiB on one line: what comes after this is for the raw view. */
const LOOKED_AT = 64 * 1024;

/** The lines around the first that names one of `needles`, from the first answer that does. */
export function excerptOf(evidence: readonly Evidence[], needles: readonly string[]): Excerpt | undefined {
  for (const one of evidence) {
    const lines = one.text.slice(0, LOOKED_AT).split("\n");
    const at = lines.findIndex((line) => names(line, needles));
    if (at < 0) continue;
    const first = Math.max(0, at - 1);
    return {
      evidence: one,
      lines: lines.slice(first, first + MOST_LINES).map((line) => ({
        text: plainText(line.replaceAll("\t", "  "), LONGEST_LINE),
        telling: names(line, needles),
      })),
    };
  }
  return undefined;
}

/** A name counts only where it stands alone: `10.0.0.1` is not in `10.0.0.11`. */
function names(line: string, needles: readonly string[]): boolean {
  return needles.some((needle) => {
    const at = needle === "" ? -1 : line.indexOf(needle);
    return at >= 0 && !/[\w.:-]/.test(line[at + needle.length] ?? "") && !/[\w.:-]/.test(line[at - 1] ?? "");
  });
}
