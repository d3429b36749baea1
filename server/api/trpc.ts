import { initTRPC, TRPCError } from "@trpc/server";
import type { LiveFabric } from "../collector/live-fabric.ts";

/** What a procedure may use. Made anew for each request; the live fabric in it is the one of the process. */
export interface Context {
  readonly fabric: LiveFabric;
}

const t = initTRPC.context<Context>().create({
  /** What we did not foresee is never shown raw: it stands in the log (S34). */
  errorFormatter({ shape, error }) {
    const known = error.code !== "INTERNAL_SERVER_ERROR";
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, message: known ? shape.message : "the console could not answer this; its log says why", data };
  },
  sse: { enabled: false },
});

export const router = t.router;

/** Anyone who reaches the console may read: it listens on loopback only until sign-in exists. Nothing here can write. */
export const viewerProcedure = t.procedure;

export function notFound(what: string): TRPCError {
  return new TRPCError({ code: "NOT_FOUND", message: what });
}
