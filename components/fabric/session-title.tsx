"use client";

import { ChevronRight, Share2 } from "lucide-react";
import Link from "next/link";
import { Fragment, useState } from "react";
import type { SessionRow } from "../../lib/view/view.ts";
import { Button } from "../ui/button.tsx";
import { copied } from "../ui/copy-button.tsx";
import { filterOf, pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { TONE_TITLE, TONE_WORD } from "../ui/status-shapes.ts";
import { When } from "../ui/when.tsx";
import { endName } from "./session-name.ts";

/** `Down`, `Shut on purpose`, `Back up`. */
export function stateWord({ status, backUpAt }: SessionRow): string {
  const word = status === "up" && backUpAt !== undefined ? "back up" : TONE_WORD[status];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function SessionTitle({ fabric, row, now }: { fabric: string; row: SessionRow; now: number }) {
  const loud = row.status !== "up" || row.backUpAt !== undefined;
  return (
    <>
      <Crumbs fabric={fabric} row={row} />
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="flex min-w-0 items-center gap-3 max-md:text-20">
          {loud && <StatusMark tone={row.status} size={18} />}
          <span className="said min-w-0 normal-nums">
            <span className={loud ? TONE_TITLE[row.status] : "text-muted"}>{stateWord(row)}</span> {endName(row.far)} ↔{" "}
            {endName(row.near)}
          </span>
        </h1>
        {row.since !== undefined && (
          <span className="text-20 text-muted max-md:text-16">
            since <When at={row.since} now={now} />
          </span>
        )}
        <span className="ml-auto max-md:hidden">
          <CopyLink />
        </span>
      </div>
    </>
  );
}

function Crumbs({ fabric, row }: { fabric: string; row: SessionRow }) {
  const rack = row.near.rack ?? row.far.rack;
  const steps = [
    { words: fabric, href: "/" },
    { words: "Sessions", href: "/sessions" },
    ...(rack === undefined ? [] : [{ words: rack, href: filterOf("sessions", `rack:"${rack}"`) }]),
    ...(row.far.device === undefined ? [] : [{ words: row.far.device, href: pathTo("devices", row.far.device) }]),
    { words: endName(row.near), href: row.near.device === undefined ? undefined : pathTo("devices", row.near.device) },
  ];
  return (
    <nav aria-label="Where this stands" className="flex min-h-6 flex-wrap items-center gap-x-1 text-12 text-faint">
      {steps.map(({ words, href }, at) => (
        <Fragment key={words}>
          {at > 0 && <ChevronRight aria-hidden="true" size={12} strokeWidth={1.5} />}
          {href === undefined ? (
            <span>{words}</span>
          ) : (
            <Link
              href={href}
              className={`inline-flex min-h-6 min-w-6 items-center hover:text-text ${at === steps.length - 1 ? "text-muted" : ""}`}
            >
              {plainText(words, 60)}
            </Link>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

function CopyLink() {
  const [done, setDone] = useState<"copied" | "refused">();
  return (
    <Button onClick={async () => setDone(await copied(window.location.href))} onBlur={() => setDone(undefined)}>
      <Share2 aria-hidden="true" size={14} strokeWidth={1.5} />
      {done === undefined ? "Copy link" : done === "copied" ? "Copied" : "Not copied: take the address"}
    </Button>
  );
}
