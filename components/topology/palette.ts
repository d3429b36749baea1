/** The design's colours, as a canvas needs them: read from the CSS variables, so that a theme is told in one place. */
export const PALETTE_TOKENS = {
  canvas: "--canvas",
  panel: "--panel",
  raised: "--raised",
  border: "--border",
  line: "--line",
  text: "--text",
  muted: "--muted",
  faint: "--faint",
  down: "--down",
  downMark: "--down-m",
  degraded: "--degraded",
  degradedMark: "--degraded-m",
  unknown: "--unknown",
  info: "--info",
  admin: "--admin",
  hatch: "--hatch",
} as const;

export type Palette = Readonly<Record<keyof typeof PALETTE_TOKENS, string>>;

/** `read` answers with the value of a CSS variable; one that is not set leaves grey, never an invisible line. */
export function paletteOf(read: (token: string) => string): Palette {
  return Object.fromEntries(
    Object.entries(PALETTE_TOKENS).map(([name, token]) => [name, read(token).trim() || "#808080"]),
  ) as Palette;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((token) => style.getPropertyValue(token));
}
