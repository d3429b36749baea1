/** A key as it is written on the keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-control border border-border bg-panel px-[5px] font-sans text-12 text-faint">
      {children}
    </kbd>
  );
}
