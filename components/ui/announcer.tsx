"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

const Announce = createContext<(words: string) => void>(() => {});

/** One polite live region for the whole page: what just happened because of you, or to the line. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ words: "", nth: 0 });
  const say = useCallback((words: string) => setSaid(({ nth }) => ({ words, nth: nth + 1 })), []);
  return (
    <Announce.Provider value={say}>
      {children}
      <p role="status" aria-live="polite" className="sr-only">
        {/* The same words twice are two announcements: a space that comes and goes makes them differ. */}
        {said.words}
        {said.nth % 2 === 1 ? "\u00a0" : ""}
      </p>
    </Announce.Provider>
  );
}

/** A function that has its words read out, once. */
export function useAnnounce(): (words: string) => void {
  return useContext(Announce);
}
