"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import type { RefObject } from "react";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { plainText } from "../ui/plain-text.ts";
import { Clock } from "./clock.tsx";
import { ConnectionPill } from "./connection-pill.tsx";
import { SearchBox } from "./search-box.tsx";
import { SourceStrip } from "./source-strip.tsx";

/** Which fabric, how to find something in it, and how fresh it is: the same on every page. */
export function TopStrip({ box, onPalette }: { box: RefObject<HTMLInputElement | null>; onPalette: () => void }) {
  const fabric = useFabric()?.fabric;
  const name = fabric ? plainText(fabric.name, 63) : "Peerglass";
  return (
    <header className="flex min-w-0 items-center gap-4 border-b border-border bg-panel pr-6 pl-4 max-md:h-13 max-md:flex-none max-md:gap-3 max-md:pr-1">
      <Link
        href="/"
        title={name}
        className="inline-flex h-7 min-w-0 shrink items-center font-semibold md:max-w-40 md:shrink-0 lg:max-w-60"
      >
        <span className="truncate">{name}</span>
      </Link>
      <SearchBox box={box} onPalette={onPalette} />
      <div className="flex-1" />
      <SourceStrip />
      <Clock />
      <ConnectionPill />
      <button
        type="button"
        onClick={onPalette}
        aria-label="Search and go anywhere"
        className="grid size-11 flex-none place-items-center text-muted md:hidden"
      >
        <Search size={20} strokeWidth={1.5} />
      </button>
    </header>
  );
}
