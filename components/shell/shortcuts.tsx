"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { tinykeys } from "tinykeys";
import { useStoredSwitch } from "./stored.ts";

/** `keys` as tinykeys writes them (`g s`, `j`, `[Shift]+?`); `shown` as the sheet writes them, where that differs. */
export interface Shortcut {
  readonly keys: string;
  readonly shown?: string;
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
}

interface Shortcuts {
  readonly all: readonly Shortcut[];
  readonly on: boolean;
  readonly setOn: (on: boolean) => void;
  readonly add: (shortcuts: readonly Shortcut[]) => () => void;
}

const Context = createContext<Shortcuts | undefined>(undefined);
const SEQUENCE_MS = 1_000;

/** Single keys, never inside a field or a dialog, and off altogether where the user says so (WCAG 2.1.4). */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [lists, setLists] = useState<readonly (readonly Shortcut[])[]>([]);
  const [on, setOn] = useStoredSwitch("peerglass.shortcuts", true);
  const all = useMemo(() => lists.flat(), [lists]);

  useEffect(() => {
    if (!on) return;
    // A page's own `s` must not fire as the end of `g s`.
    let startedAt = Number.NEGATIVE_INFINITY;
    const bindings = all.map(
      ({ keys, run }) =>
        [
          keys,
          (event: KeyboardEvent) => {
            if (!keys.includes(" ") && performance.now() - startedAt < SEQUENCE_MS) return;
            startedAt = Number.NEGATIVE_INFINITY;
            run(event);
          },
        ] as const,
    );
    const starts = new Set(all.filter(({ keys }) => keys.includes(" ")).map(({ keys }) => keys.split(" ")[0]));
    const note = (event: KeyboardEvent) => {
      if (starts.has(event.key) && !isTyping(event)) startedAt = performance.now();
    };
    const unbind = tinykeys(window, Object.fromEntries(bindings), { timeout: SEQUENCE_MS, ignore: isTyping });
    window.addEventListener("keydown", note);
    return () => {
      unbind();
      window.removeEventListener("keydown", note);
    };
  }, [all, on]);

  const value = useMemo<Shortcuts>(
    () => ({
      all,
      on,
      setOn,
      add: (shortcuts) => {
        setLists((before) => [...before, shortcuts]);
        return () => setLists((before) => before.filter((list) => list !== shortcuts));
      },
    }),
    [all, on, setOn],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useAllShortcuts(): Shortcuts {
  const shortcuts = useContext(Context);
  if (!shortcuts) throw new Error("useAllShortcuts needs ShortcutsProvider above it");
  return shortcuts;
}

/** Shortcuts for as long as the caller is mounted; the `?` sheet lists them. Keys and labels must not change. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = useAllShortcuts();
  const latest = useRef(shortcuts);
  const addOnce = useRef(add);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(
    () =>
      addOnce.current(
        latest.current.map((shortcut, at) => ({ ...shortcut, run: (event) => latest.current[at]?.run(event) })),
      ),
    [],
  );
}

function isTyping(event: KeyboardEvent): boolean {
  const at = event.target;
  return (
    event.isComposing ||
    event.defaultPrevented ||
    (at instanceof Element &&
      at.closest("input, textarea, select, [contenteditable=''], [contenteditable='true'], [role='dialog']") !== null)
  );
}
