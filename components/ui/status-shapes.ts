/** The marks of the console: each tone has a shape of its own, so that colour is never alone. */

/** What a mark may say. `info` is news that is neither good nor bad. */
export type Tone = "down" | "degraded" | "unknown" | "admin-down" | "up" | "info";

export interface StatusShape {
  /** SVG path in a box of 12 by 12. */
  readonly d: string;
  /** Drawn as a dashed line instead of a filled form. */
  readonly dashed?: { readonly width: number; readonly dashes: string };
  /** CSS variable of the mark. The word beside it takes `TONE_TEXT`. */
  readonly token: string;
}

const DOT = "M6 1.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 1 1 0-8.4z";

export const STATUS_SHAPES: Record<Tone, StatusShape> = {
  down: { d: "M2 1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V2a1 1 0 0 1 1-1z", token: "--down-m" },
  degraded: { d: "M6 .8 11.6 11H.4z", token: "--degraded-m" },
  unknown: {
    d: "M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 1 1 0-9.2z",
    dashed: { width: 1.6, dashes: "2 1.61" },
    token: "--unknown",
  },
  "admin-down": { d: "M6 .6 11.4 6 6 11.4.6 6z", token: "--admin" },
  up: { d: DOT, token: "--up" },
  info: { d: DOT, token: "--info" },
};

/** The word that stands with the shape, for people and for screen readers. */
export const TONE_WORD: Record<Tone, string> = {
  down: "down",
  degraded: "degraded",
  unknown: "unknown",
  "admin-down": "shut on purpose",
  up: "up",
  info: "news",
};

/** Class of small words; 4.5:1 on every surface. */
export const TONE_TEXT: Record<Tone, string> = {
  down: "text-down",
  degraded: "text-degraded",
  unknown: "text-unknown",
  "admin-down": "text-admin",
  up: "text-up",
  info: "text-info",
};

/** Class of marks, lines and large figures; 3:1 on every surface. */
export const TONE_MARK: Record<Tone, string> = {
  down: "text-down-m",
  degraded: "text-degraded-m",
  unknown: "text-unknown",
  "admin-down": "text-admin",
  up: "text-up",
  info: "text-info",
};

/** Class of a title's word: a phone's titles are small, and need the contrast of words. */
export const TONE_TITLE: Record<Tone, string> = {
  down: "text-down-m max-md:text-down",
  degraded: "text-degraded-m max-md:text-degraded",
  unknown: "text-unknown",
  "admin-down": "text-admin",
  up: "text-up",
  info: "text-info",
};
