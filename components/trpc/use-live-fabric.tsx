"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { applyDelta, type FabricView } from "../../lib/view/view.ts";
import { viewFromWire } from "../../lib/view/wire.ts";
import { type LineState, LiveLine } from "./live-line.ts";
import { useTRPCClient } from "./trpc.tsx";

interface Live {
  readonly view: FabricView | undefined;
  /** Why the last attempt to fetch the view failed; attempts go on. */
  readonly error: Error | null;
  readonly line: LineState;
  readonly retry: () => void;
}

const LiveContext = createContext<Live | undefined>(undefined);
const VIEW_KEY = ["fabric", "view"] as const;

/** Mounted once, in the shell: one fetch, one stream, one cache entry that the stream patches. */
export function LiveFabricProvider({ children }: { children: ReactNode }) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const line = useRef<LiveLine>(undefined);
  const [state, setState] = useState<LineState>(() => ({ state: "connecting", since: Date.now(), skewMs: 0 }));
  const { data, failureReason, refetch } = useQuery({
    queryKey: VIEW_KEY,
    queryFn: async ({ signal }) => viewFromWire(await client.fabric.view.query(undefined, { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: true,
    retryDelay: (tries) => Math.min(10_000, 500 * 2 ** tries),
  });

  const loaded = data !== undefined;
  useEffect(() => {
    const first = queries.getQueryData<FabricView>(VIEW_KEY);
    if (!loaded || !first) return;
    let stopped = false;
    const open = (after: string) => {
      line.current?.close();
      line.current = new LiveLine(after, {
        onState: setState,
        onDeltas: (deltas) => {
          queries.setQueryData<FabricView>(VIEW_KEY, (view) => view && deltas.reduce(applyDelta, view));
        },
        onResync: async () => {
          const { data: anew } = await refetch();
          if (!stopped && anew) open(anew.id);
        },
      });
    };
    open(first.id);
    const online = () => line.current?.retry();
    window.addEventListener("online", online);
    document.addEventListener("visibilitychange", online);
    return () => {
      stopped = true;
      line.current?.close();
      window.removeEventListener("online", online);
      document.removeEventListener("visibilitychange", online);
    };
  }, [loaded, queries, refetch]);

  const live = useMemo(
    () => ({
      view: data,
      error: failureReason,
      line: state,
      retry: () => (line.current ? line.current.retry() : void refetch()),
    }),
    [data, failureReason, state, refetch],
  );
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs LiveFabricProvider above it");
  return live;
}

/** The fabric as this tab knows it; undefined until the first answer. */
export function useFabric(): FabricView | undefined {
  return useLive().view;
}
