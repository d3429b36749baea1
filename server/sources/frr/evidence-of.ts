import type { Evidence } from "../../../lib/fabric/observation.ts";
import { masked } from "./masked.ts";

const MAX_CHARS = 64 * 1024;

export function evidenceOf(
  from: { readonly source: string; readonly device: string },
  answer: { readonly command: string; readonly observedAt: number; readonly text: string },
): Evidence {
  const shown = masked(answer.text.slice(0, MAX_CHARS));
  const cutChars = Math.max(0, answer.text.length - MAX_CHARS);
  return { ...from, ...answer, text: shown, ...(cutChars > 0 && { cutChars }) };
}
