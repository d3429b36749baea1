import type { Point } from "./routes.ts";

/** One thing on the stage, told in values, so that two scenes can be compared and only the difference applied. */
export type StageElement =
  | {
      readonly group: "nodes";
      readonly classes: string;
      readonly at: Point;
      readonly w: number;
      readonly h: number;
      readonly label?: string;
      /** Room for the label, in px. */
      readonly room?: number;
      readonly subject?: Subject;
    }
  | {
      readonly group: "edges";
      readonly classes: string;
      /** Ids of two nodes on the stage: what the line belongs to, not where it ends. */
      readonly from: string;
      readonly to: string;
      readonly points: readonly [Point, Point, ...Point[]];
      readonly subject?: Subject;
    };

/** What a pointer, a key or the address bar may mean. */
export type Subject =
  | { readonly kind: "device"; readonly name: string }
  | { readonly kind: "rack"; readonly key: string }
  | { readonly kind: "link"; readonly id: string }
  /** The line that stands for all links of a leaf to a rack. */
  | { readonly kind: "trunk"; readonly leaf: string; readonly rack: string };

export type Scene = ReadonlyMap<string, StageElement>;

/** Two anchors that lines without ends of their own hang on. */
export const ANCHORS = ["anchor-0", "anchor-1"] as const;

export function sameElement(a: StageElement, b: StageElement): boolean {
  if (a === b) return true;
  if (a.classes !== b.classes) return false;
  if (a.group === "nodes" && b.group === "nodes") {
    return a.label === b.label && samePoint(a.at, b.at) && a.w === b.w && a.h === b.h && a.room === b.room;
  }
  if (a.group === "edges" && b.group === "edges") {
    return a.from === b.from && a.to === b.to && samePoints(a.points, b.points);
  }
  return false;
}

function samePoints(a: readonly Point[], b: readonly Point[]): boolean {
  return (
    a.length === b.length &&
    a.every((point, index) => {
      const other = b[index];
      return other !== undefined && samePoint(point, other);
    })
  );
}

function samePoint(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}
