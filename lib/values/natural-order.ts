const COLLATOR = new Intl.Collator("en", { numeric: true });

/** Natural order, the same for everyone: `leaf-2` before `leaf-10`. Places on the map rest on it. */
export function byNaturalName(a: string, b: string): number {
  // Equal to the collator is not equal: "Leaf-1" and "leaf-01" must not change places from call to call.
  return COLLATOR.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
