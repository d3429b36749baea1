/** Those whose texts hold every word of `filter`; `!word` must not occur. An empty filter keeps all. */
export function matching<T>(
  rows: readonly T[],
  filter: string,
  textsOf: (row: T) => readonly (string | undefined)[],
): readonly T[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "!");
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textsOf(row).join("\n").toLowerCase();
    return words.every((word) => (word.startsWith("!") ? !text.includes(word.slice(1)) : text.includes(word)));
  });
}
