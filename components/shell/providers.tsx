"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { TrpcProvider } from "../trpc/trpc.tsx";
import { LiveFabricProvider } from "../trpc/use-live-fabric.tsx";
import { AnnouncerProvider } from "../ui/announcer.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";

/** What every page stands in. `nonce` lets the script run that sets the theme before the first paint. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      enableColorScheme={false}
      storageKey="peerglass.theme"
      {...(nonce !== undefined && { nonce })}
    >
      <NuqsAdapter>
        <TrpcProvider>
          <LiveFabricProvider>
            <TooltipProvider delayDuration={250}>
              <AnnouncerProvider>{children}</AnnouncerProvider>
            </TooltipProvider>
          </LiveFabricProvider>
        </TrpcProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
