"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** A switch that this browser remembers. The server's first answer shows `byDefault`. */
export function useStoredSwitch(key: string, byDefault: boolean): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => read(key, byDefault),
    () => byDefault,
  );
  return [on, (next) => write(key, next)];
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  window.addEventListener("storage", onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener("storage", onChange);
  };
}

function read(key: string, byDefault: boolean): boolean {
  try {
    const text = localStorage.getItem(key);
    return text === null ? byDefault : text === "on";
  } catch {
    return byDefault; // storage is refused: the switch lasts as long as nothing else asks
  }
}

function write(key: string, on: boolean): void {
  try {
    localStorage.setItem(key, on ? "on" : "off");
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}
