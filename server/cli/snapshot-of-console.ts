import { z } from "zod";

const WITHIN_MS = 30_000;

const Answer = z.object({ result: z.object({ data: z.record(z.string(), z.unknown()) }) });

/**
 * The fabric as a running console holds it.
 *
 * @throws Error in words when nothing, or something else, answers at `url`.
 */
export async function askConsole(url: string): Promise<unknown> {
  const base = URL.parse(url);
  if (!base || !["http:", "https:"].includes(base.protocol))
    throw new Error(`${url} is no URL like http://127.0.0.1:3000`);
  let response: Response;
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    response = await fetch(new URL("/api/trpc/fabric.view", base), { redirect: "error", signal });
  } catch (cause) {
    throw new Error(
      `no console answers at ${base.origin} (${whyOf(cause)}). Start one with \`peerglass start\`, or ask the devices directly with --config FILE`,
      { cause },
    );
  }
  const told = Answer.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !told.success) {
    throw new Error(
      `what answers at ${base.origin} is not a Peerglass console of this version (HTTP ${response.status})`,
    );
  }
  return told.data.result.data;
}

function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause;
  if (inner instanceof Error) return "code" in inner ? String(inner.code) : inner.message;
  return cause.message;
}
