import { fabricRouter } from "./routers/fabric.ts";
import { createCaller, router } from "./trpc.ts";

export const appRouter = router({ fabric: fabricRouter });
export type AppRouter = typeof appRouter;
export const callerFor = createCaller(appRouter);
