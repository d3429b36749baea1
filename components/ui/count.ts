/** Digits in groups of three, parted by a narrow space that does not break: `4 812`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** `1 node`, `12 nodes`. `plural` where an s is not enough. */
export function counted(count: number, one: string, plural = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : plural}`;
}

const SCALES = ["", "k", "M", "G", "T", "P"] as const;

/** `833 M`, `2.8 G`, `950`: three figures at most, in powers of a thousand. */
export function scaledText(value: number): string {
  let scale = 0;
  let scaled = value;
  while (scaled >= 999.5 && scale < SCALES.length - 1) {
    scaled /= 1000;
    scale += 1;
  }
  const text = scale === 0 || scaled >= 99.95 ? scaled.toFixed(0) : scaled.toFixed(scaled >= 9.995 ? 1 : 2);
  const plain = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return SCALES[scale] ? `${plain}\u202f${SCALES[scale]}` : plain;
}
