"use client";

import { Command } from "cmdk";
import { Filter, Moon, Server } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog } from "radix-ui";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from "react";
import type { EndRow } from "../../lib/view/view.ts";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { countText } from "../ui/count.ts";
import { pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { useFocusBack } from "../ui/use-focus-back.ts";
import { paletteHits } from "./palette-hits.ts";
import { SCREENS } from "./screens.ts";
import { THEMES } from "./theme.ts";
import { useFilter } from "./use-filter.ts";

/** Goes anywhere: screens, devices, sessions, themes. Opens empty, and looks only for what is typed. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const focusBack = useFocusBack();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-canvas/70" />
        <Dialog.Content
          {...focusBack}
          aria-describedby={undefined}
          className="fixed top-[10vh] left-1/2 z-50 w-[min(640px,calc(100vw-16px))] -translate-x-1/2 rounded-panel border border-border bg-panel shadow-float"
        >
          <Dialog.Title className="sr-only">Go anywhere</Dialog.Title>
          <PaletteBody close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ close }: { close: () => void }) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const [, setFilter] = useFilter();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const view = useFabric();
  const hits = useMemo(() => (view && wanted ? paletteHits(view, wanted) : undefined), [view, wanted]);

  const matches = (name: string) => name.toLowerCase().includes(wanted.toLowerCase());
  const screens = SCREENS.filter(({ name }) => matches(name));
  const themes = THEMES.filter((theme) => matches(`theme ${theme}`));
  const first = firstOf([
    screens[0] && `screen ${screens[0].href}`,
    hits?.devices[0] && `device ${hits.devices[0].name}`,
    hits?.sessions[0] && `session ${hits.sessions[0].id}`,
    wanted !== "" && "filter",
    themes[0] && `theme ${themes[0]}`,
  ]);
  const [chosen, setChosen] = useState("");
  // What is found comes a moment after what is typed. Enter must then take the first of it, not what stood there before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new word begins at the top again, also with the same first hit
  useEffect(() => setChosen(first), [first, wanted]);
  const act = (what: () => void) => () => {
    close();
    what();
  };
  return (
    <Command shouldFilter={false} label="Go anywhere" loop value={chosen} onValueChange={setChosen}>
      <Command.Input
        value={text}
        onValueChange={setText}
        maxLength={200}
        placeholder="Screen, device, rack, address or AS number"
        className="h-11 w-full border-b border-border bg-transparent px-4 text-14 text-text outline-none"
      />
      <Command.List className="max-h-[60vh] overflow-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-faint">
        <Command.Empty className="px-2 py-4 text-muted">
          Nothing here is called that. Try a name, a rack, an address, or an AS number as 65546 or 1.10.
        </Command.Empty>
        {screens.length > 0 && (
          <Command.Group heading="Screens">
            {screens.map(({ name, href, icon: Icon }) => (
              <Item key={href} value={`screen ${href}`} onSelect={act(() => router.push(href))}>
                <Icon size={16} strokeWidth={1.5} className="text-faint" />
                {name}
              </Item>
            ))}
          </Command.Group>
        )}
        {hits && hits.devices.length > 0 && (
          <Command.Group heading="Devices">
            {hits.devices.map(({ name, role, rack, asn }) => (
              <Item key={name} value={`device ${name}`} onSelect={act(() => router.push(pathTo("devices", name)))}>
                <Server size={16} strokeWidth={1.5} className="flex-none text-faint" />
                <span className="truncate">{plainText(name, 80)}</span>
                <Aside>
                  {role}
                  {rack !== undefined && `, rack ${plainText(rack, 40)}`}
                  {asn !== undefined && `, AS ${asn}`}
                </Aside>
              </Item>
            ))}
          </Command.Group>
        )}
        {hits && hits.sessions.length > 0 && (
          <Command.Group heading="Sessions">
            {hits.sessions.map(({ id, near, far, status }) => (
              <Item key={id} value={`session ${id}`} onSelect={act(() => router.push(pathTo("sessions", id)))}>
                <span className="truncate">
                  {endName(near)} and {endName(far)}
                </span>
                <Aside>
                  <StatusWord tone={status} />
                </Aside>
              </Item>
            ))}
          </Command.Group>
        )}
        {hits && hits.more > 0 && (
          <p className="px-2 py-1 text-12 text-faint">{countText(hits.more)} more: type on to narrow them down.</p>
        )}
        {wanted !== "" && (
          <Command.Group heading="This page">
            <Item value="filter" onSelect={act(() => setFilter(text.trim()))}>
              <Filter size={16} strokeWidth={1.5} className="flex-none text-faint" />
              <span className="truncate">Filter this page for {plainText(wanted, 60)}</span>
            </Item>
          </Command.Group>
        )}
        {themes.length > 0 && (
          <Command.Group heading="Theme">
            {themes.map((theme) => (
              <Item key={theme} value={`theme ${theme}`} onSelect={act(() => setTheme(theme))}>
                <Moon size={16} strokeWidth={1.5} className="text-faint" />
                {theme === "system" ? "As the system" : theme === "dark" ? "Dark" : "Light"}
              </Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 min-w-0 items-center gap-3 rounded-control px-2 data-[selected=true]:bg-raised max-md:h-11"
    >
      {children}
    </Command.Item>
  );
}

function Aside({ children }: { children: ReactNode }) {
  return <span className="ml-auto max-w-[50%] flex-none truncate pl-4 text-12 text-muted">{children}</span>;
}

function firstOf(values: readonly (string | false | undefined)[]): string {
  return values.find((value) => typeof value === "string") || "";
}

function endName(end: EndRow): string {
  return plainText(end.device ?? end.address ?? "an end without a name", 60);
}
