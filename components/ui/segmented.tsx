"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

/** One of a few choices, all of them in sight. Arrow keys move between them. */
export function Segmented<T extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: T | undefined;
  onChange: (value: T) => void;
  options: readonly { readonly value: T; readonly label: ReactNode }[];
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value ?? ""}
      // Pressing the chosen one again would leave none chosen.
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className="inline-flex rounded-control border border-border bg-panel p-px"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-6.5 items-center gap-1.5 rounded-[3px] px-2.5 whitespace-nowrap text-muted hover:text-text data-[state=on]:bg-raised data-[state=on]:text-text max-md:h-11"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
