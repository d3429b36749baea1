"use client";

import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { Popover } from "radix-ui";
import { buttonClass } from "../ui/button.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { COLUMN_IDS, COLUMNS, type ColumnId, DEFAULT_COLUMNS } from "./session-columns.ts";
import type { Density } from "./use-sessions-address.ts";

/** Which columns stand in the list, in which order, and how high its rows are. All of it is in the address. */
export function ViewMenu({
  columns,
  onColumns,
  density,
  onDensity,
}: {
  columns: readonly ColumnId[];
  onColumns: (columns: readonly ColumnId[]) => void;
  density: Density;
  onDensity: (density: Density) => void;
}) {
  const others = COLUMN_IDS.filter((id) => !columns.includes(id));
  return (
    <Popover.Root>
      <Popover.Trigger className={`${buttonClass()} max-md:hidden`}>
        <Columns3 aria-hidden="true" size={14} strokeWidth={1.5} />
        Columns
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Columns and height of the rows"
          className="z-50 max-h-[80vh] w-72 overflow-auto rounded-panel border border-border bg-panel p-3 shadow-float"
        >
          <Segmented
            label="Height of the rows"
            value={density}
            onChange={onDensity}
            options={[
              { value: "compact", label: "28 px" },
              { value: "normal", label: "36 px" },
              { value: "roomy", label: "44 px" },
            ]}
          />
          <ul className="mt-2">
            {[...columns, ...others].map((id) => {
              const at = columns.indexOf(id);
              const fixed = id === "state";
              return (
                <li key={id} className="flex h-7 items-center gap-1">
                  <label className="flex min-w-0 flex-1 items-center gap-2">
                    <input
                      type="checkbox"
                      checked={at >= 0}
                      disabled={fixed}
                      onChange={() => onColumns(at >= 0 ? columns.filter((one) => one !== id) : [...columns, id])}
                      className="size-4 accent-(--info)"
                    />
                    <span className={at >= 0 ? "" : "text-muted"}>{COLUMNS[id].label}</span>
                  </label>
                  {at > 0 && (
                    <>
                      <Move
                        label={`${COLUMNS[id].label} to the left`}
                        off={at <= 1}
                        onPress={() => onColumns(swapped(columns, at, at - 1))}
                      >
                        <ArrowUp size={14} strokeWidth={1.5} />
                      </Move>
                      <Move
                        label={`${COLUMNS[id].label} to the right`}
                        off={at === columns.length - 1}
                        onPress={() => onColumns(swapped(columns, at, at + 1))}
                      >
                        <ArrowDown size={14} strokeWidth={1.5} />
                      </Move>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
          <button type="button" onClick={() => onColumns(DEFAULT_COLUMNS)} className={`${buttonClass("quiet")} mt-1`}>
            As at first
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Move({
  label,
  off,
  onPress,
  children,
}: {
  label: string;
  off: boolean;
  onPress: () => void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={off}
      onClick={onPress}
      className="grid size-6 place-items-center rounded-control text-faint hover:bg-raised hover:text-text disabled:opacity-30"
    >
      {children}
    </button>
  );
}

function swapped(columns: readonly ColumnId[], a: number, b: number): readonly ColumnId[] {
  return columns.map((id, i) => (i === a ? (columns[b] ?? id) : i === b ? (columns[a] ?? id) : id));
}
