import type { ComponentProps } from "react";

const LOOK = {
  plain: "border-border bg-panel text-text hover:bg-raised",
  quiet: "border-transparent text-muted hover:bg-raised hover:text-text",
  primary: "border-text bg-text font-semibold text-canvas hover:opacity-90",
} as const;

export type ButtonLook = keyof typeof LOOK;

/** The same looks for a link that acts like a button. */
export function buttonClass(look: ButtonLook = "plain"): string {
  return `inline-flex h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border px-2.5 max-md:min-h-11 disabled:text-faint disabled:hover:bg-transparent ${LOOK[look]}`;
}

export function Button({
  look = "plain",
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & { look?: ButtonLook }) {
  return <button type={type} className={`${buttonClass(look)} ${className}`} {...rest} />;
}
