import { every } from "../every.ts";
import type { Limits, Source } from "../source.ts";
import { converse } from "./client.ts";
import { EvidenceBook } from "./evidence.ts";
import { Poller } from "./poll.ts";

/** `socket` is the path of the control socket, `bird.ctl`; BIRD 1.6 has a second daemon for IPv6, with `bird6.ctl`. */
export interface BirdConfig {
  readonly id: string;
  readonly device: string;
  readonly socket: string;
  readonly everyMs: number;
  readonly limits: Limits;
}

export function birdSource(config: BirdConfig): Source {
  const { id, device, everyMs, socket } = config;
  const evidence = new EvidenceBook(id, device);
  const poller = new Poller(config, evidence);

  return {
    id,
    kind: "bird",
    device,
    everyMs,
    address: `unix:${socket}`,
    async *observe(signal) {
      poller.askAll();
      for await (const startedAt of every(everyMs, signal)) {
        try {
          const told = await converse(config, signal, (bird) => poller.poll(bird));
          const observedAt = Date.now();
          yield { source: id, device, observedAt, tookMs: observedAt - startedAt, ...told };
        } catch (cause) {
          if (signal.aborted) return;
          throw cause;
        }
      }
    },
    evidence: (neighbor) => (neighbor && neighbor.device !== device ? [] : evidence.pages(neighbor?.name)),
  };
}
