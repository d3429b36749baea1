import { fabricRouter } from "./routers/fabric.ts";
import { router } from "./trpc.ts";

export const appRouter = router({ fabric: fabricRouter });
export type AppRouter = typeof appRouter;
