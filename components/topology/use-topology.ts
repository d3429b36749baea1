"use client";

import { useEffect, useRef, useState } from "react";
import { type Topology, topologyOf } from "../../lib/view/topology.ts";
import type { FabricView } from "../../lib/view/view.ts";

/** Four times a second is as often as anyone sees a map change, and a storm of deltas costs no more than that. */
const EVERY_MS = 250;

export interface TopologyNow {
  readonly topology: Topology;
  /** The view that it was made from. */
  readonly view: FabricView;
}

/** The map of this view: at once when the last one is old enough, else when it is. */
export function useTopology(view: FabricView): TopologyNow {
  const [now, setNow] = useState<TopologyNow>(() => ({ view, topology: topologyOf(view) }));
  const madeAt = useRef(0);

  useEffect(() => {
    const make = () => {
      madeAt.current = performance.now();
      setNow((before) => (before.view === view ? before : { view, topology: topologyOf(view, before.topology) }));
    };
    const wait = madeAt.current + EVERY_MS - performance.now();
    if (wait <= 0) {
      make();
      return;
    }
    const timer = setTimeout(make, wait);
    return () => clearTimeout(timer);
  }, [view]);
  return now;
}
