import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "../../../../server/api/root.ts";
import { theRuntime } from "../../../../server/runtime.ts";

export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: 20,
    createContext: () => ({ fabric: theRuntime().fabric }),
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") console.error("tRPC", path, error);
    },
  });
}

export { handle as GET, handle as POST };
