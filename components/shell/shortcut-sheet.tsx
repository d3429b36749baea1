"use client";

import { Switch } from "radix-ui";
import { useId } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { useAllShortcuts } from "./shortcuts.tsx";

/** All keys that work on this page, and the switch that turns the single ones off. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const id = useId();
  const { all, on, setOn } = useAllShortcuts();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <dl className={`grid grid-cols-[120px_1fr] items-center gap-y-2 ${on ? "" : "text-faint"}`}>
        {all.map(({ keys, shown, label }) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {(shown ?? keys).split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
        <dt className="flex gap-1">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </dt>
        <dd>Go anywhere (on a Mac: Cmd K)</dd>
        <dt>
          <Kbd>Esc</Kbd>
        </dt>
        <dd>Clear the filter, close what is open</dd>
      </dl>
      <div className="mt-4 flex min-h-6 items-center gap-3 border-t border-border pt-4">
        <Switch.Root
          id={id}
          checked={on}
          onCheckedChange={setOn}
          className="inline-flex h-6 w-10 flex-none items-center rounded-full border border-line bg-field px-[3px] data-[state=checked]:bg-text"
        >
          <Switch.Thumb className="block size-4 rounded-full bg-line transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-canvas" />
        </Switch.Root>
        <label htmlFor={id}>Single keys are shortcuts</label>
      </div>
    </Dialog>
  );
}
