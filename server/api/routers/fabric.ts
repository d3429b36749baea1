import { z } from "zod";
import type { FabricEvent } from "../../../lib/events/event.ts";
import type { Device } from "../../../lib/fabric/device.ts";
import type { DeviceState } from "../../../lib/fabric/device-state.ts";
import type { Evidence, SourceHealth } from "../../../lib/fabric/observation.ts";
import type { Session } from "../../../lib/fabric/session.ts";
import { type ViewOnWire, viewToWire } from "../../../lib/view/wire.ts";
import { notFound, router, viewerProcedure } from "../trpc.ts";

export interface SessionDetail {
  readonly asOf: number;
  readonly session: Session;
  readonly near?: Device;
  readonly far?: Device;
  readonly sources: readonly SourceHealth[];
  readonly evidence: readonly Evidence[];
  /** Of this session, newest last. */
  readonly events: readonly FabricEvent[];
  /** Other sessions of the near device, for "still reaches". */
  readonly siblings: readonly Pick<Session, "id" | "status" | "far" | "near">[];
}

export interface DeviceDetail {
  readonly asOf: number;
  readonly device: Device;
  readonly state: DeviceState;
  readonly sources: readonly SourceHealth[];
  readonly evidence: readonly Evidence[];
  readonly events: readonly FabricEvent[];
}

const Id = z.string().min(1).max(400);

export const fabricRouter = router({
  /** Everything a browser holds, to be patched by the stream from `id` on. */
  view: viewerProcedure.query(({ ctx }): ViewOnWire => viewToWire(ctx.fabric.view())),

  session: viewerProcedure.input(z.object({ id: Id })).query(({ ctx, input }): SessionDetail => {
    const detail = ctx.fabric.session(input.id);
    if (!detail) throw notFound(`there is no session ${input.id} now; it may have been renamed or removed`);
    return detail;
  }),

  device: viewerProcedure.input(z.object({ name: Id })).query(({ ctx, input }): DeviceDetail => {
    const detail = ctx.fabric.device(input.name);
    if (!detail) throw notFound(`there is no device ${input.name} in this fabric`);
    return detail;
  }),
});
