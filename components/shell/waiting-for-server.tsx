"use client";

import { useEffect, useState } from "react";
import { useLive } from "../trpc/use-live-fabric.tsx";
import { Button } from "../ui/button.tsx";
import { Loading, Notice } from "../ui/notice.tsx";
import { PageTitle } from "./page-title.tsx";

/** An answer that takes longer than this will, as far as anyone can tell, not come by itself. */
const PATIENCE_MS = 5_000;

/** For every page, until the first answer: grey bars, and after five seconds the words. */
export function WaitingForServer({ what }: { what: string }) {
  const { retry } = useLive();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) {
    return (
      <div className="px-2 pt-5">
        <PageTitle state="Connecting" />
        <h1 className="sr-only">Asking the server for {what}</h1>
        <Loading what={what} rows={6} />
      </div>
    );
  }
  return (
    <div className="px-2 pt-5 max-md:px-0">
      <PageTitle state="Not connected" />
      <h1 className="px-4">Not connected</h1>
      <Notice
        title="The Peerglass server has not answered for five seconds."
        action={<Button onClick={retry}>Retry now</Button>}
      >
        Nothing is known of the fabric from here. This page asks again by itself; if it stays so, see whether the
        Peerglass process still runs, and what its log says.
      </Notice>
    </div>
  );
}
