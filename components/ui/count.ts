/** Digits in groups of three, parted by a narrow space that does not break: `4 812`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** `1 node`, `12 nodes`. `plural` where an s is not enough. */
export function counted(count: number, one: string, plural = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : plural}`;
}
