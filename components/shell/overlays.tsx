"use client";

import { useEffect, useState } from "react";

interface OpenState {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const load = async () => ({ ...(await import("./palette.tsx")), ...(await import("./shortcut-sheet.tsx")) });
const AFTER_FIRST_PAINT_MS = 500;

/**
 * What floats over every page. Its code is no part of the first load: it comes soon after, or when first wanted. Not by
 * `React.lazy`, which holds back what was suspended by hundreds of milliseconds, even when the code is there.
 */
export function Overlays({ palette, sheet }: { palette: OpenState; sheet: OpenState }) {
  const [parts, setParts] = useState<Awaited<ReturnType<typeof load>>>();
  const wanted = palette.open || sheet.open;

  useEffect(() => {
    if (parts) return;
    // What failed to load is asked for again at the next opening.
    const timer = setTimeout(() => load().then(setParts, () => {}), wanted ? 0 : AFTER_FIRST_PAINT_MS);
    return () => clearTimeout(timer);
  }, [parts, wanted]);

  return (
    parts && (
      <>
        <parts.Palette {...palette} />
        <parts.ShortcutSheet {...sheet} />
      </>
    )
  );
}
