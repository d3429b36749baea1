"use client";

import { type ReactNode, useEffect, useState } from "react";

/** Nothing is here, or it could not be had: what, why, and what to do next. */
export function Notice({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 px-4 py-6">
      <div className="max-w-[84ch]">
        <p className="text-14 font-semibold">{title}</p>
        {children && <div className="said mt-1 text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}

const SKELETON_MS = 200;

/** Grey bars where rows will be, after 200 ms: what comes sooner does not flicker. */
export function Loading({ what, rows = 4 }: { what: string; rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={`flex flex-col gap-3 px-4 py-4 ${late ? "" : "invisible"}`}>
      <span className="sr-only">Loading {what}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move
          key={row}
          className="h-3 rounded-control bg-raised"
          style={{ width: `${[72, 56, 64, 40][row % 4]}%` }}
        />
      ))}
    </div>
  );
}
