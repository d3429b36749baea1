"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useFocusBack } from "./use-focus-back.ts";

/** A window over the page that takes the focus until it is closed; Esc closes it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
}) {
  const focusBack = useFocusBack();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-canvas/70" />
        <Radix.Content
          {...focusBack}
          {...(!description && { "aria-describedby": undefined })}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[min(560px,calc(100vw-32px))] -translate-x-1/2 flex-col rounded-panel border border-border bg-panel shadow-float"
        >
          <header className="flex items-center gap-4 border-b border-border py-2 pr-2 pl-4">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="ml-auto grid size-7 place-items-center rounded-control text-muted hover:bg-raised hover:text-text max-md:size-11"
            >
              <X size={16} strokeWidth={1.5} />
            </Radix.Close>
          </header>
          {description && <Radix.Description className="px-4 pt-3 text-muted">{description}</Radix.Description>}
          <div className="min-h-0 overflow-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
