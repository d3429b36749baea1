"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { isCurrent, SCREENS } from "./screens.ts";

/** The screens on a phone, under the thumb. */
export function BottomBar() {
  const path = usePathname();
  return (
    <nav
      aria-label="Screens"
      data-print="no"
      className="grid h-15 flex-none grid-cols-5 border-t border-border bg-panel md:hidden"
    >
      {SCREENS.map((screen) => {
        const current = isCurrent(screen, path);
        return (
          <Link
            key={screen.href}
            href={screen.href}
            {...(current && { "aria-current": "page" })}
            className={`grid content-center justify-items-center gap-1 text-12 ${current ? "text-text" : "text-faint"}`}
          >
            <screen.icon size={20} strokeWidth={1.5} />
            {screen.name}
          </Link>
        );
      })}
    </nav>
  );
}
