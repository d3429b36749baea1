import { join } from "node:path";
import { stringify } from "yaml";
import type { Plan, PlannedDevice } from "./plan.ts";

export interface Placement {
  readonly directory: string;
  /** Port on 127.0.0.1 of each switch. */
  readonly portOf: ReadonlyMap<string, number>;
  readonly everySec: number;
}

export function socketPath(directory: string, device: string): string {
  return join(directory, `${device}.ctl`);
}

/** The console's configuration for this demo: nothing in it says more than a real fabric's would. */
export function configText(plan: Plan, { directory, portOf, everySec }: Placement): string {
  const file = (name: string) => ({ file: join(directory, name) });

  const source = (device: PlannedDevice, index: number) =>
    device.system === "eos"
      ? {
          kind: "arista-eapi",
          url: `https://127.0.0.1:${portOf.get(device.name) ?? 0}`,
          username: file("username"),
          password: file("password"),
          login: index % 2 === 0 ? "session" : "basic",
          tls: { ca: join(directory, "ca.pem") },
        }
      : { kind: "bird", socket: socketPath(directory, device.name) };

  return stringify(
    {
      fabric: { name: "demo", demo: true },
      poll: { everySec },
      devices: plan.devices.map((device, index) => ({
        name: device.name,
        role: device.role,
        ...(device.rack !== undefined && { rack: device.rack }),
        sources: [source(device, index)],
      })),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
