import { type FilterWord, filterWords, quoted } from "./filter-words.ts";

export type FieldUse = "for" | "out";

/** Whether the text filters for this value of the field, or filters it out. */
export function fieldUse(words: readonly FilterWord[], field: string, value: string): FieldUse | undefined {
  const wanted = value.toLowerCase();
  const word = words.find((one) => one.field === field && one.values.some((other) => other.toLowerCase() === wanted));
  return word && (word.negated ? "out" : "for");
}

/**
 * The text with this value filtered for (or out), beside what stands there already: values of one field are joined by
 * commas. A value that is so used already is taken away again: a second press undoes the first.
 */
export function toggleField(text: string, field: string, value: string, use: FieldUse): string {
  const words = filterWords(text);
  const before = fieldUse(words, field, value);
  const wanted = value.toLowerCase();
  const kept = words.flatMap((word) => {
    if (word.field !== field) return [word.text];
    const values = word.values.filter((other) => other.toLowerCase() !== wanted);
    if (values.length === word.values.length) return [word.text];
    return values.length > 0 ? [fieldWord(field, values, word.negated)] : [];
  });
  if (before === use) return kept.join(" ");
  const joinAt = filterWords(kept.join(" ")).find((word) => word.field === field && word.negated === (use === "out"));
  if (!joinAt) return [...kept, fieldWord(field, [value], use === "out")].join(" ");
  const joined = fieldWord(field, [...joinAt.values, value], use === "out");
  return filterWords(kept.join(" "))
    .map((word) => (word.at === joinAt.at ? joined : word.text))
    .join(" ");
}

function fieldWord(field: string, values: readonly string[], negated: boolean): string {
  return `${negated ? "!" : ""}${field}:${values.map(quoted).join(",")}`;
}
