/** Text from outside, made fit to stand on a screen: short, without characters that hide, move or turn what follows. */

// Controls, bidirectional marks, overrides and isolates, zero-width characters, line and paragraph separators.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Longest text that a screen shows in one place; the raw view has all of it (S8). */
export const SHOWN_CHARS = 1_000;

/** Hidden characters become their escape (`\u202e`), a line break or tab a space; what is too long ends in `…`. */
export function plainText(text: string, maxChars = SHOWN_CHARS): string {
  const cut = text.length > maxChars ? `${wholeCharacters(text, maxChars - 1)}…` : text;
  return cut.replace(HIDDEN, (hidden) =>
    hidden === "\n" || hidden === "\t" ? " " : `\\u${hidden.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Never cuts a surrogate pair in two. */
function wholeCharacters(text: string, chars: number): string {
  const last = text.charCodeAt(chars - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? chars - 1 : chars);
}
