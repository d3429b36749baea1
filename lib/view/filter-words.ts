/** One word of the filter box, split but not yet understood. */
export interface FilterWord {
  /** As typed, for the chip that shows it. */
  readonly text: string;
  readonly negated: boolean;
  readonly fuzzy: boolean;
  /** Lower case; absent for a bare word. */
  readonly field?: string;
  readonly value: string;
  /** The alternatives of a field, parted by commas outside quotes. */
  readonly values: readonly string[];
  /** Where it begins in the box, from 0. */
  readonly at: number;
}

/**
 * Splits the text of a filter box: words by blanks, quotes keep blanks together, `!` before a word inverts it, `-f` before
 * a word makes it fuzzy, `field:value` names a field. An open quote runs to the end: it is being typed.
 */
export function filterWords(text: string): readonly FilterWord[] {
  const words: FilterWord[] = [];
  let fuzzy = false;
  for (const { raw, at } of pieces(text)) {
    if (raw === "-f") {
      fuzzy = true;
      continue;
    }
    const negated = raw.startsWith("!") && raw.length > 1;
    const body = negated ? raw.slice(1) : raw;
    const named = /^([a-z][a-z-]*):(.*)$/is.exec(body);
    const said = named ? (named[2] ?? "") : body;
    const shown = fuzzy ? `-f ${raw}` : raw;
    words.push({
      text: shown,
      negated,
      fuzzy,
      value: unquoted(said),
      values: alternatives(said),
      at,
      ...(named?.[1] && { field: named[1].toLowerCase() }),
    });
    fuzzy = false;
  }
  return words;
}

/** The text without the word that begins at `at`. */
export function withoutWord(text: string, word: FilterWord): string {
  const kept = filterWords(text).filter((other) => other.at !== word.at);
  return kept.map((other) => other.text).join(" ");
}

function pieces(text: string): readonly { raw: string; at: number }[] {
  const found: { raw: string; at: number }[] = [];
  let start = -1;
  let quote = false;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '"') quote = !quote;
    const ends = char === undefined || (!quote && /\s/.test(char));
    if (ends && start >= 0) found.push({ raw: text.slice(start, i), at: start });
    if (ends) start = -1;
    else if (start < 0) start = i;
  }
  return found;
}

function unquoted(text: string): string {
  return text.replaceAll('"', "");
}

/** A comma inside quotes belongs to the value: racks may be called `row 3, left`. */
function alternatives(text: string): readonly string[] {
  return text
    .split('"')
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(",", PARTED) : part))
    .join("")
    .split(PARTED)
    .filter((value) => value !== "");
}

/** Blanks part words, so that no word holds a line break outside quotes; inside, none is ever typed. */
const PARTED = "\n";

/** `value` as it stands in a filter, in quotation marks where it holds a space or a comma. It cannot hold a mark itself. */
export function quoted(value: string): string {
  const bare = value.replaceAll('"', "");
  return /[\s,]/.test(bare) ? `"${bare}"` : bare;
}
