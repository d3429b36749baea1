import { z } from "zod";

/** What the tests read of the console's answer to `fabric.view`; it holds more. */
const Row = z.object({
  id: z.string(),
  kind: z.string(),
  near: z.object({ device: z.string().optional(), established: z.boolean().optional() }),
  far: z.object({ device: z.string().optional(), established: z.boolean().optional() }),
  status: z.string(),
  stale: z.boolean().optional(),
  oneEnd: z.string().optional(),
  cause: z.string(),
  sentence: z.string(),
  fault: z.object({ end: z.string(), where: z.string() }).optional(),
});
export type ConsoleRow = z.infer<typeof Row>;

const View = z.object({ result: z.object({ data: z.object({ sessions: z.array(Row) }) }) });

/** Every session as the console tells it now, sorted by id. */
export async function askConsole(url: string): Promise<ConsoleRow[]> {
  const answer = await fetch(`${url}/api/trpc/fabric.view`, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  const { sessions } = View.parse(await answer.json()).result.data;
  return sessions.sort((a, b) => a.id.localeCompare(b.id));
}
