"use client";

import type { FabricView } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { WaitingForServer } from "../shell/waiting-for-server.tsx";
import { CopyButton } from "../ui/copy-button.tsx";

const EXAMPLE = `fabric:
  name: fra1-prod
devices:
  - name: leaf-1
    role: leaf
    rack: r1
    sources:
      - kind: arista-eapi
        url: https://leaf-1.example.net
        username: peerglass
        password: { env: EAPI_PASSWORD }
  - name: node-01
    role: node
    rack: r1
    sources:
      - kind: bird
        socket: /var/run/calico/bird.ctl`;

/** Before there is anything to show: no answer yet, or no device in the configuration. */
export function FirstView({ view }: { view: FabricView | undefined }) {
  if (!view) return <WaitingForServer what="the fabric" />;
  return (
    <div className="px-6 pt-5 pb-6 max-md:px-4">
      <PageTitle state="Nothing to watch yet" />
      <h1>Nothing to watch yet</h1>
      <p className="mt-0.5 mb-4 max-w-[72ch] text-14 text-muted">
        Peerglass runs, and no device is named in its configuration. Name yours in a{" "}
        <span className="mono">peerglass.yaml</span> like this one and start it again with{" "}
        <span className="mono">--config peerglass.yaml</span>; or see it work on invented devices with{" "}
        <span className="mono">npm run demo</span>.
      </p>
      <div className="relative w-fit max-w-full rounded-panel border border-border bg-panel">
        <pre className="mono overflow-auto py-4 pr-14 pl-4">{EXAMPLE}</pre>
        <CopyButton text={EXAMPLE} what="the example" className="absolute top-2 right-2" />
      </div>
    </div>
  );
}
