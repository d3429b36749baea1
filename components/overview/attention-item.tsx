import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { AttentionEntry } from "../../lib/view/attention.ts";
import { spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { TONE_WORD } from "../ui/status-shapes.ts";
import { When } from "../ui/when.tsx";
import { FaultFigure } from "./fault-figure.tsx";

/** Two sentences (what it is; what it means) and three facts in fixed columns. Leads to what it is about. */
export function AttentionItem({ entry, now }: { entry: AttentionEntry; now: number }) {
  const { tone, sentence, meaning, since, touches, fault, href } = entry;
  return (
    <li className="group relative grid grid-cols-[46px_minmax(0,1fr)_40px] border-t border-border py-[13px] first:border-t-0 hover:bg-raised/50 max-md:grid-cols-[42px_minmax(0,1fr)_28px] max-md:py-2.5">
      <div className="flex justify-center pt-[3px]">
        <StatusMark tone={tone} size={14} />
      </div>
      <div className="min-w-0">
        <p className="said text-14">
          <span className="sr-only">{TONE_WORD[tone]}: </span>
          <Link
            prefetch={false}
            href={href}
            className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-info"
          >
            {plainText(sentence, 400)}
          </Link>
        </p>
        {meaning !== undefined && <p className="said text-14 text-muted max-md:text-13">{plainText(meaning, 400)}</p>}
        <dl className="mt-2 grid grid-cols-[152px_212px_minmax(0,1fr)] gap-y-1 text-12 max-lg:grid-cols-2 max-md:mt-1 max-md:flex max-md:flex-wrap max-md:gap-x-4">
          <Fact name="since">
            {since === undefined ? (
              <span className="text-faint">not told</span>
            ) : (
              <span className="relative z-1">
                <span className="max-md:hidden">
                  <When at={since} now={now} layout="stacked" />
                </span>
                <span className="text-muted md:hidden">{spanText(now - since)}</span>
              </span>
            )}
          </Fact>
          <Fact name="touches">
            <span className="max-md:text-muted">{touches.short}</span>
            {touches.detail !== undefined && (
              <span className="said block text-muted max-md:hidden">{plainText(touches.detail, 120)}</span>
            )}
          </Fact>
          {fault && (
            <Fact name="at fault">
              <span className="flex gap-2 max-md:items-center">
                <FaultFigure end={fault.end} tone={tone} />
                <span className="said min-w-0 max-md:text-muted">
                  {plainText(fault.where, 120)}
                  <span className="md:hidden">, {fault.certainty}</span>
                  <span className="block text-muted max-md:hidden">
                    {fault.certainty}: {plainText(fault.because, 200)}
                  </span>
                </span>
              </span>
            </Fact>
          )}
        </dl>
      </div>
      <ChevronRight
        aria-hidden="true"
        size={16}
        strokeWidth={1.5}
        className="mt-0.5 text-faint group-hover:text-text max-md:self-center"
      />
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-2">
      <dt className="flex-none text-faint max-md:sr-only">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
