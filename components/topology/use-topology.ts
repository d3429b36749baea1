"use client";

import { useEffect, useState } from "react";
import { type Topology, topologyOf } from "../../lib/view/topology.ts";
import type { FabricView } from "../../lib/view/view.ts";

/** Four times a second is as often as anyone sees a map change, and a storm of deltas costs no more than that. */
const EVERY_MS = 250;

export interface TopologyNow {
  readonly topology: Topology;
  /** The view that it was made from. */
  readonly view: FabricView;
}

type Made = TopologyNow & { readonly madeAt: number };

/** The map of this view: at once when the last one is old enough, else when it is. */
export function useTopology(view: FabricView): TopologyNow {
  const [made, setMade] = useState<Made>(() => make(view));
  const late = made.view !== view;

  useEffect(() => {
    if (!late) return;
    const timer = setTimeout(
      () => setMade((before) => (before.view === view ? before : make(view, before))),
      Math.max(0, made.madeAt + EVERY_MS - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [late, view, made]);

  // While rendering, not after it: an effect would cost a second pass over the whole page before anything is drawn.
  if (late && performance.now() - made.madeAt >= EVERY_MS) {
    const next = make(view, made);
    setMade(next);
    return next;
  }
  return made;
}

function make(view: FabricView, before?: Made): Made {
  return { view, topology: topologyOf(view, before?.topology), madeAt: performance.now() };
}
