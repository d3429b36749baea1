import { type ReactNode, useId } from "react";

/** A surface with a heading; `aside` stands at the right end of the heading. */
export function Panel({
  title,
  count,
  aside,
  className = "",
  children,
}: {
  title: string;
  count?: ReactNode;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-panel border border-border bg-panel ${className}`}>
      <header className="flex h-10 items-center gap-2 border-b border-border px-4">
        <h2 id={id} className="whitespace-nowrap">
          {title}
        </h2>
        {count !== undefined && <span className="text-muted">{count}</span>}
        {aside !== undefined && <div className="ml-auto min-w-0 truncate pl-4 text-muted">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
