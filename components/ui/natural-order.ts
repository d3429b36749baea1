const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** `leaf-2` before `leaf-10`. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
