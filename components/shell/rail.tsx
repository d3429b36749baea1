"use client";

import { Keyboard, Monitor, Moon, PanelLeftClose, PanelLeftOpen, Sun } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTheme } from "next-themes";
import type { ReactNode } from "react";
import { Tooltip } from "../ui/tooltip.tsx";
import { Logo } from "./logo.tsx";
import { isCurrent, SCREENS, type Screen } from "./screens.ts";
import { nextTheme, useThemeChoice } from "./theme.ts";

const ITEM = "flex h-9 w-full items-center gap-3 rounded-control px-3 text-faint hover:bg-raised hover:text-text";

/** The screens, down the left side: icons, and their names where it is pinned open. */
export function Rail({
  pinned,
  onPin,
  onShortcuts,
}: {
  pinned: boolean;
  onPin: (pinned: boolean) => void;
  onShortcuts: () => void;
}) {
  const { setTheme } = useTheme();
  const theme = useThemeChoice();
  const path = usePathname();
  const ThemeIcon = { dark: Moon, light: Sun, system: Monitor }[theme];
  const themeName = `Theme: ${theme}`;
  const PinIcon = pinned ? PanelLeftClose : PanelLeftOpen;
  return (
    <div data-print="no" className="row-span-2 flex flex-col border-r border-border bg-panel pb-2 max-md:hidden">
      <div className="grid h-11 w-14 flex-none place-items-center self-start">
        <Logo />
      </div>
      <nav aria-label="Screens" className="flex flex-1 flex-col gap-1 border-t border-border px-2 pt-2">
        {SCREENS.map((screen) => (
          <RailLink key={screen.href} screen={screen} current={isCurrent(screen, path)} pinned={pinned} />
        ))}
      </nav>
      <div className="flex flex-col gap-1 px-2">
        <RailButton name={themeName} pinned={pinned} onClick={() => setTheme(nextTheme(theme))}>
          <ThemeIcon size={16} strokeWidth={1.5} className="flex-none" />
        </RailButton>
        <RailButton name="Shortcuts" pinned={pinned} onClick={onShortcuts}>
          <Keyboard size={16} strokeWidth={1.5} className="flex-none" />
        </RailButton>
        <RailButton name={pinned ? "Show icons only" : "Show names"} pinned={pinned} onClick={() => onPin(!pinned)}>
          <PinIcon size={16} strokeWidth={1.5} className="flex-none" />
        </RailButton>
      </div>
    </div>
  );
}

function RailLink({ screen, current, pinned }: { screen: Screen; current: boolean; pinned: boolean }) {
  const { name, href, icon: Icon } = screen;
  return (
    <Named name={name} pinned={pinned}>
      <Link
        href={href}
        aria-label={name}
        {...(current && { "aria-current": "page" })}
        className={`${ITEM} ${current ? "bg-raised text-text" : ""}`}
      >
        <Icon size={16} strokeWidth={1.5} className="flex-none" />
        {pinned && name}
      </Link>
    </Named>
  );
}

function RailButton(props: { name: string; pinned: boolean; onClick: () => void; children: ReactNode }) {
  const { name, pinned, onClick, children } = props;
  return (
    <Named name={name} pinned={pinned}>
      <button type="button" aria-label={name} onClick={onClick} className={ITEM}>
        {children}
        {pinned && <span className="truncate">{name}</span>}
      </button>
    </Named>
  );
}

function Named({ name, pinned, children }: { name: string; pinned: boolean; children: ReactNode }) {
  if (pinned) return children;
  return (
    <Tooltip text={name} side="right">
      {children}
    </Tooltip>
  );
}
