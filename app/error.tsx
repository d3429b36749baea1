"use client";

import { PageTitle } from "../components/shell/page-title.tsx";
import { Button } from "../components/ui/button.tsx";
import { Notice } from "../components/ui/notice.tsx";

/** A fault of ours in drawing one page. The frame stands; the words of the fault go to the browser's own log. */
export default function PageFault({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="px-2 pt-5">
      <PageTitle state="Page could not be drawn" />
      <h1 className="px-4">This page could not be drawn</h1>
      <Notice
        title="A fault in Peerglass itself, not in the fabric."
        action={<Button onClick={reset}>Draw it again</Button>}
      >
        The other pages and the strip above still hold. If it comes back, report it with what the browser's console says
        {error.digest !== undefined && (
          <>
            , and with the number <span className="mono">{error.digest}</span> of the server's log
          </>
        )}
        .
      </Notice>
    </div>
  );
}
