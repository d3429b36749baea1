import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { viewToWire } from "../../lib/view/wire.ts";
import type { LiveFabric } from "../collector/live-fabric.ts";

const pack = promisify(gzip);
const FRESH_MS = 1_000;

interface Packed {
  readonly plain: Buffer;
  readonly packed: Buffer;
}

/**
 * The answer to `fabric.view`, made once for all who ask within a second: after a restart every browser asks at the same
 * time, and a view of 20,000 sessions is 9 MB. A view that is a moment old is right, because the stream resumes from its id.
 */
export class ViewAnswer {
  readonly #fabric: LiveFabric;
  #made: Promise<Packed> | undefined;
  #madeAt = 0;

  constructor(fabric: LiveFabric) {
    this.#fabric = fabric;
  }

  /** Whether this is a question for the view alone, as the pages' client and the tools ask it. */
  static isAsked(method: string, path: string | undefined): boolean {
    return (method === "GET" || method === "HEAD") && path === "/api/trpc/fabric.view";
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { plain, packed } = await this.#fresh();
    const batched = new URL(request.url ?? "/", "http://console").searchParams.get("batch") === "1";
    const gzipped = !batched && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
    response.writeHead(200, {
      "content-type": "application/json",
      "cache-control": "no-store",
      vary: "accept-encoding",
      ...(gzipped && { "content-encoding": "gzip" }),
    });
    if (request.method === "HEAD") return void response.end();
    if (gzipped) return void response.end(packed);
    if (batched) response.write("[");
    response.write(plain);
    response.end(batched ? "]" : "");
  }

  #fresh(): Promise<Packed> {
    const now = Date.now();
    if (this.#made && now - this.#madeAt < FRESH_MS) return this.#made;
    this.#madeAt = now;
    this.#made = this.#make();
    return this.#made;
  }

  async #make(): Promise<Packed> {
    const plain = Buffer.from(JSON.stringify({ result: { data: viewToWire(this.#fabric.view()) } }));
    const packed = await pack(plain, { level: constants.Z_BEST_SPEED });
    return { plain, packed };
  }
}
