"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "../../server/api/root.ts";

const context = createTRPCContext<AppRouter>();
export const useTRPC = context.useTRPC;
export const useTRPCClient = context.useTRPCClient;

const OURS = { "x-peerglass": "1" };

/** Queries and their cache. What the stream keeps fresh is never asked again by time. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 2_000, retry: 1, refetchOnWindowFocus: false } } }),
  );
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      // The server refuses what a form of another site could send: this header is not one of those (S12).
      links: [
        splitLink({
          // The view is large, and made and packed once for all who ask: it goes alone.
          condition: ({ path }) => path === "fabric.view",
          true: httpLink({ url: "/api/trpc", headers: OURS }),
          false: httpBatchLink({ url: "/api/trpc", maxItems: 20, headers: OURS }),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queries}>
      <context.TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
