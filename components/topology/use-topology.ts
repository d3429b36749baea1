"use client";

import { type RefObject, useEffect, useState } from "react";
import { type Topology, topologyOf } from "../../lib/view/topology.ts";
import type { FabricView } from "../../lib/view/view.ts";

/** Four times a second is as often as anyone sees a map change, and a storm of deltas costs no more than that. */
const EVERY_MS = 250;
/** While someone drags the map its motion comes first. */
const EVERY_MS_DRAGGED = 500;
const DRAG_LASTS_MS = 300;

export interface TopologyNow {
  readonly topology: Topology;
  /** The view that it was made from. */
  readonly view: FabricView;
}

type Made = TopologyNow & { readonly madeAt: number };

/** `draggedAt`: when the map was last moved by hand. The map of this view: at once when the last one is old enough, else when it is. */
export function useTopology(view: FabricView, draggedAt: RefObject<number>): TopologyNow {
  const [made, setMade] = useState<Made>(() => make(view));
  const late = made.view !== view;

  useEffect(() => {
    if (!late) return;
    const timer = setTimeout(
      () => setMade((before) => (before.view === view ? before : make(view, before))),
      Math.max(0, made.madeAt + pace(draggedAt.current) - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [late, view, made, draggedAt]);

  // While rendering, not after it: an effect would cost a second pass over the whole page before anything is drawn.
  if (late && performance.now() - made.madeAt >= pace(draggedAt.current)) {
    const next = make(view, made);
    setMade(next);
    return next;
  }
  return made;
}

function pace(draggedAt: number): number {
  return performance.now() - draggedAt < DRAG_LASTS_MS ? EVERY_MS_DRAGGED : EVERY_MS;
}

function make(view: FabricView, before?: Made): Made {
  return { view, topology: topologyOf(view, before?.topology), madeAt: performance.now() };
}
