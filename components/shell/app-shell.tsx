"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { tinykeys } from "tinykeys";
import { useLive } from "../trpc/use-live-fabric.tsx";
import { Banners } from "./banners.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { Overlays } from "./overlays.tsx";
import { Rail } from "./rail.tsx";
import { SCREENS } from "./screens.ts";
import { ShortcutsProvider, useShortcuts } from "./shortcuts.tsx";
import { useStoredSwitch } from "./stored.ts";
import { TopStrip } from "./top-strip.tsx";
import { isLive } from "./use-as-of.ts";

export function AppShell({ children }: { children: ReactNode }) {
  return (
    <ShortcutsProvider>
      <Frame>{children}</Frame>
    </ShortcutsProvider>
  );
}

/** The frame of every page. `main` scrolls and has no padding of its own: a page may fill it to the edge. */
function Frame({ children }: { children: ReactNode }) {
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const [pinned, setPinned] = useStoredSwitch("peerglass.rail", false);
  const { state } = useLive().line;

  useShortcuts([
    ...SCREENS.map(({ name, key, href }) => ({ keys: `g ${key}`, label: name, run: () => router.push(href) })),
    { keys: "[Shift]+/", shown: "/", label: "Filter this page", run: (event) => focusBox(event, box.current) },
    { keys: "[Shift]+?", shown: "?", label: "All shortcuts of this page", run: () => setSheet(true) },
  ]);
  useEffect(
    () =>
      // With a modifier, so it works in fields too and needs no switch.
      tinykeys(
        window,
        {
          "$mod+k": (event) => {
            event.preventDefault();
            setPalette((open) => !open);
          },
        },
        { ignore: () => false },
      ),
    [],
  );

  return (
    <div
      data-frame
      className={`flex h-dvh flex-col overflow-hidden md:grid md:grid-rows-[44px_minmax(0,1fr)] ${pinned ? "md:grid-cols-[176px_minmax(0,1fr)]" : "md:grid-cols-[56px_minmax(0,1fr)]"}`}
    >
      <a
        href="#main"
        className="fixed top-1 left-1 z-60 -translate-y-14 rounded-control bg-text px-3 py-2 text-canvas focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail pinned={pinned} onPin={setPinned} onShortcuts={() => setSheet(true)} />
      <TopStrip box={box} onPalette={() => setPalette(true)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Banners />
        <div className="relative min-h-0 flex-1">
          <main id="main" tabIndex={-1} data-live={state === "live"} className="h-full overflow-auto outline-none">
            {children}
          </main>
          {!isLive(state) && <div aria-hidden="true" className="veil pointer-events-none absolute inset-0 z-55" />}
        </div>
      </div>
      <BottomBar />
      <Overlays palette={{ open: palette, onOpenChange: setPalette }} sheet={{ open: sheet, onOpenChange: setSheet }} />
    </div>
  );
}

function focusBox(event: KeyboardEvent, box: HTMLInputElement | null): void {
  event.preventDefault();
  box?.focus();
  box?.select();
}
