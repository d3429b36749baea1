/**
 * Every RPC that may be sent to a device, with its arguments: nothing else leaves the clients, whatever is asked of them. All of
 * them only get. The CLI's words for each stand in the Junos documentation; `| display xml rpc` prints them on a device.
 */
const ARGUMENTS = {
  "get-system-information": [],
  "get-software-information": [],
  "get-system-uptime-information": [],
  "get-bgp-summary-information": [],
  "get-bgp-neighbor-information": [],
  "get-bfd-session-information": [],
  "get-interface-information": [],
  "get-lldp-neighbors-information": [],
  "get-route-engine-information": [],
  "get-route-summary-information": [],
  "get-arp-table-information": [["no-resolve"]],
  "get-ethernet-switching-table-information": [],
  "get-bridge-mac-table": [],
} as const satisfies Readonly<Record<string, readonly (readonly [name: string, value?: string])[]>>;

export type FixedRpc = keyof typeof ARGUMENTS;
/** Routes hold names: a table, a neighbor. Written as the client and `formOf` read them: `get-route-information table=inet.0`. */
export type JunosRpc = FixedRpc | `get-route-information ${string}`;

const ROUTE_ARGUMENT =
  /^(table|peer|neighbor|receive-protocol-name|advertising-protocol-name)=([\w.:-]{1,128})$|^(extensive|brief|detail)$/;

export interface RpcCall {
  readonly name: string;
  readonly args: readonly (readonly [name: string, value?: string])[];
}

/** @throws RangeError for an RPC or an argument that is not on the list. */
export function callOf(rpc: JunosRpc): RpcCall {
  if (Object.hasOwn(ARGUMENTS, rpc)) return { name: rpc, args: ARGUMENTS[rpc as FixedRpc] };
  const [name = "", ...words] = rpc.split(" ");
  const args = words.map((word): readonly [string, string?] => {
    const [, key, value, bare] = ROUTE_ARGUMENT.exec(word) ?? [];
    if (bare !== undefined) return [bare];
    if (key === undefined || value === undefined) throw notListed(rpc);
    return [key, value];
  });
  if (name !== "get-route-information" || args.length === 0) throw notListed(rpc);
  return { name, args };
}

function notListed(rpc: string): RangeError {
  return new RangeError(`${rpc}: not on the list of RPCs that we send`);
}
