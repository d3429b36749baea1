"use client";

import { Share2, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { SessionStatus } from "../../lib/fabric/session.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { copied } from "../ui/copy-button.tsx";
import { StatusMark } from "../ui/status-mark.tsx";

/** What was pressed, beside the map; on a phone, instead of it. Esc closes it, and the focus goes back to the map. */
export function Drawer({
  title,
  status,
  aside,
  open,
  byKey,
  onClose,
  children,
}: {
  title: string;
  status?: SessionStatus;
  aside?: ReactNode;
  /** The page that has all of it. */
  open?: { readonly href: string; readonly label: string };
  /** It was opened by a key: it takes the focus. */
  byKey: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const heading = useId();
  const body = useRef<HTMLElement>(null);
  const taken = useRef(byKey);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (taken.current) body.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !inField(event.target)) close.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <aside
      aria-labelledby={heading}
      className="flex min-h-0 w-120 flex-none flex-col border-l border-border bg-panel max-lg:w-100 max-md:fixed max-md:inset-x-0 max-md:top-11 max-md:bottom-15 max-md:z-40 max-md:w-auto max-md:border-l-0"
    >
      <header className="flex h-12 flex-none items-center gap-2 border-b border-border pr-3 pl-6 max-md:h-14 max-md:pl-4">
        {status && status !== "up" && <StatusMark tone={status} />}
        <h2 id={heading} className="said min-w-0 truncate" title={title}>
          {title}
        </h2>
        {aside && <span className="flex-none text-muted">{aside}</span>}
        <Button look="quiet" aria-label="Close" className="ml-auto w-7 flex-none px-0! max-md:w-11" onClick={onClose}>
          <X size={16} strokeWidth={1.5} />
        </Button>
      </header>
      <section
        ref={body}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key (WCAG 2.1.1)
        tabIndex={0}
        aria-labelledby={heading}
        className="min-h-0 flex-1 overflow-auto px-6 pt-4 pb-6 max-md:px-4"
      >
        {children}
      </section>
      <footer className="flex flex-none gap-2 border-t border-border px-6 py-3 max-md:px-4">
        {open && (
          <Link href={open.href} className={buttonClass("primary")}>
            {open.label}
          </Link>
        )}
        <CopyLink />
      </footer>
    </aside>
  );
}

function CopyLink() {
  const announce = useAnnounce();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    const outcome = await copied(window.location.href);
    setDone(outcome === "copied");
    announce(
      outcome === "copied" ? "Copied the link to this view" : "The browser did not let us copy: use its address bar",
    );
  };
  return (
    <Button look="quiet" className="ml-auto" onClick={copy}>
      <Share2 size={16} strokeWidth={1.5} />
      {done ? "Copied" : "Copy link"}
    </Button>
  );
}

function inField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [role='dialog']") !== null;
}
