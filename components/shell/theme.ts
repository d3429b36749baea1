"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

export const THEMES = ["system", "dark", "light"] as const;
export type ThemeChoice = (typeof THEMES)[number];

export function nextTheme(theme: ThemeChoice): ThemeChoice {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
}

/** What the user chose. The server cannot know it: until the page is awake it reads `system`. */
export function useThemeChoice(): ThemeChoice {
  const { theme } = useTheme();
  const awake = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return (awake && THEMES.find((choice) => choice === theme)) || "system";
}
