"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useAnnounce } from "./announcer.tsx";

/** Copies `text` as it is. `what` names it: "address 10.0.0.3". */
export function CopyButton({ text, what, className = "" }: { text: string; what: string; className?: string }) {
  const [done, setDone] = useState<"copied" | "refused">();
  const announce = useAnnounce();

  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [done]);

  const copy = async () => {
    const outcome = await copied(text);
    setDone(outcome);
    announce(outcome === "copied" ? `Copied ${what}` : `The browser did not let us copy ${what}; select it instead`);
  };
  const label = done === undefined ? `Copy ${what}` : done === "copied" ? "Copied" : "Not copied: select it instead";
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={label}
      title={label}
      className={`inline-grid size-6 flex-none place-items-center rounded-control text-faint hover:bg-raised hover:text-text max-md:size-11 ${className}`}
    >
      {done === "copied" ? <Check size={14} strokeWidth={1.5} /> : <Copy size={14} strokeWidth={1.5} />}
    </button>
  );
}

/** The clipboard is there on https and on localhost only; elsewhere it is refused, and we say so. */
export async function copied(text: string): Promise<"copied" | "refused"> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    return "refused";
  }
}
