import { plainText } from "../ui/plain-text.ts";

/** Device text as one line of a drawing; what is cut is whole in the drawer and in the table. */
export function label(text: string): string {
  return plainText(text, 60);
}

/**
 * A name cut in its middle to about `room` px: names of one kind begin alike, and what tells them apart is their end.
 */
export function fitted(text: string, room: number, fontPx: number, weight: 400 | 600 = 400): string {
  const name = label(text);
  if (labelWidth(name, fontPx, weight) <= room) return name;
  const signs = [...name];
  for (let kept = signs.length - 1; kept > 2; kept -= 1) {
    const head = Math.floor(kept * 0.4);
    const short = `${signs.slice(0, head).join("")}…${signs.slice(signs.length - (kept - head)).join("")}`;
    if (labelWidth(short, fontPx, weight) <= room) return short;
  }
  return `…${signs.slice(-2).join("")}`;
}

/** How wide Inter draws it, about; for placing one text after another without a canvas. */
export function labelWidth(text: string, fontPx: number, weight: 400 | 600 = 400): number {
  let em = 0;
  for (const sign of text) {
    em += NARROW.has(sign) ? 0.29 : WIDE.has(sign) ? 0.86 : sign >= "A" && sign <= "Z" ? 0.69 : 0.575;
  }
  return em * fontPx * (weight === 600 ? 1.06 : 1);
}

const NARROW = new Set("iIjl.,:;|'!() ft");
const WIDE = new Set("mwMW@");
