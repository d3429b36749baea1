import type { Interface, InterfaceTraffic } from "../../lib/fabric/device.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import { countText, scaledText } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";

const SHOWN = 300;

/** Its ports: what is not up first, then by name. */
export function InterfaceTable({
  interfaces,
  traffic = [],
  now,
}: {
  interfaces: readonly Interface[];
  traffic?: readonly InterfaceTraffic[] | undefined;
  now: number;
}) {
  const moving = new Map(traffic.map((one) => [one.interface, one]));
  const rows = [...interfaces].sort((a, b) => worse(a) - worse(b) || byNaturalName(a.name, b.name)).slice(0, SHOWN);
  return (
    <Panel title="Interfaces" count={countText(interfaces.length)}>
      {rows.length === 0 ? (
        <Notice title="No source tells of its interfaces." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section aria-label="Table of interfaces" tabIndex={0} className="max-h-96 overflow-auto -outline-offset-2">
          <table className="w-full border-collapse">
            <thead className="sticky top-0 bg-panel">
              <tr className="h-7 text-left text-12 text-faint">
                {["State", "Interface", "Addresses", "Neighbor"].map((name) => (
                  <th key={name} scope="col" className="px-2 font-normal whitespace-nowrap first:pl-4">
                    {name}
                  </th>
                ))}
                {(moving.size > 0
                  ? ["MTU", "Bit/s in", "out", "Errors in", "out", "Changed"]
                  : ["MTU", "Errors in", "out", "Changed"]
                ).map((name, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns bear the same word
                  <th key={column} scope="col" className="px-2 text-right font-normal whitespace-nowrap last:pr-4">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.name} className="h-7 border-t border-border/55">
                  <td className="px-2 pl-4">
                    <State port={one} />
                  </td>
                  <td className="said px-2" title={one.description && plainText(one.description, 200)}>
                    {plainText(one.name, 60)}
                  </td>
                  <td className="mono said px-2 text-muted">
                    {one.addresses
                      .slice(0, 4)
                      .map((text) => plainText(text, 60))
                      .join(" ")}
                  </td>
                  <td className="said px-2 text-muted">
                    {one.lldp && plainText([one.lldp.system, one.lldp.port].filter(Boolean).join(" "), 80)}
                  </td>
                  <Figure value={one.mtu} />
                  {moving.size > 0 && (
                    <>
                      <Rate value={moving.get(one.name)?.inBitsPerSec} />
                      <Rate value={moving.get(one.name)?.outBitsPerSec} />
                    </>
                  )}
                  <Figure value={one.inErrors} />
                  <Figure value={one.outErrors} />
                  <td className="px-2 pr-4 text-right whitespace-nowrap text-faint">
                    {one.changedAt === undefined ? "" : `${spanText(now - one.changedAt)} ago`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

function State({ port: { adminUp, operUp } }: { port: Interface }) {
  if (adminUp === false) return <StatusWord tone="admin-down" word="shut" />;
  if (operUp === undefined) return <span className="pl-5 text-faint">not told</span>;
  return <StatusWord tone={operUp ? "up" : "down"} />;
}

function Figure({ value }: { value: number | undefined }) {
  return (
    <td className="px-2 text-right text-muted" {...(value === undefined && { title: "not told" })}>
      {value === undefined ? "" : countText(value)}
    </td>
  );
}

function Rate({ value }: { value: number | undefined }) {
  return (
    <td className="px-2 text-right whitespace-nowrap text-muted" {...(value === undefined && { title: "not told" })}>
      {value === undefined ? "" : scaledText(value)}
    </td>
  );
}

function worse({ adminUp, operUp }: Interface): number {
  if (adminUp === false) return 1;
  return operUp === false ? 0 : 2;
}
