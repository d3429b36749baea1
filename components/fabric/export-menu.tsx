"use client";

import { Download } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import { useAnnounce } from "../ui/announcer.tsx";
import { buttonClass } from "../ui/button.tsx";
import { counted, countText } from "../ui/count.ts";
import { exportName, sessionsCsv, sessionsJson } from "./session-export.ts";

/** A file of exactly what is filtered: all rows, all columns, whatever is folded or out of sight. */
export function ExportMenu({
  view,
  rows,
  filter,
  asOf,
}: {
  view: FabricView;
  rows: readonly SessionRow[];
  filter: string;
  asOf: number;
}) {
  const [header, setHeader] = useState(true);
  const announce = useAnnounce();
  const save = (type: "csv" | "json") => {
    const of = { fabric: view.fabric.name, asOf, filter, sources: view.sources };
    const text = type === "csv" ? sessionsCsv(rows, of, header) : sessionsJson(rows, of);
    download(exportName(of, type), text, type === "csv" ? "text/csv;charset=utf-8" : "application/json");
    announce(`Saved ${counted(rows.length, "session")}`);
  };
  return (
    <Popover.Root>
      <Popover.Trigger className={`${buttonClass()} max-md:hidden`}>
        <Download aria-hidden="true" size={14} strokeWidth={1.5} />
        Export {countText(rows.length)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Export"
          className="z-50 flex w-72 flex-col gap-2 rounded-panel border border-border bg-panel p-3 shadow-float"
        >
          <p className="text-muted">{counted(rows.length, "session")}, as filtered, with all columns.</p>
          <div className="flex gap-2">
            <Popover.Close className={buttonClass()} onClick={() => save("csv")}>
              Save CSV
            </Popover.Close>
            <Popover.Close className={buttonClass()} onClick={() => save("json")}>
              Save JSON
            </Popover.Close>
          </div>
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              checked={header}
              onChange={() => setHeader(!header)}
              className="size-4 accent-(--info)"
            />
            CSV begins with a comment line
          </label>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
