import type { Bfd } from "../../../lib/fabric/neighbor.ts";
import type { BfdPeer } from "../switch/peer.ts";
import { toldAddress, wordsOf } from "../switch/scalars.ts";
import { childrenOf, countOf, type Element, neededNamed, textOf } from "./element.ts";

const STATES: Readonly<Record<string, Bfd["state"]>> = {
  up: "up",
  down: "down",
  init: "init",
  admindown: "admin-down",
};

/** `get-bfd-session-information`, with or without detail; intervals in seconds. @throws SyntaxError for anything else. */
export function parseBfd(
  reply: Element,
  instanceOf: (address: string) => string | undefined = () => undefined,
): BfdPeer[] {
  return neededNamed(reply, "bfd-session-information")
    .flatMap((all) => childrenOf(all, "bfd-session"))
    .flatMap((session) => {
      const address = toldAddress(textOf(session, "session-neighbor"));
      if (!address) return [];
      const port = textOf(session, "session-interface");
      const interval = Number(textOf(session, "session-transmission-interval") ?? Number.NaN);
      const multiplier = countOf(session, "session-adaptive-multiplier");
      const diagnostic = wordsOf(textOf(session, "local-diagnostic") ?? "", 200);
      return [
        {
          vrf: instanceOf(address) ?? "default",
          address,
          ...(port && { interface: port }),
          bfd: {
            state:
              STATES[(textOf(session, "session-state") ?? "").toLowerCase().replaceAll(/[^a-z]/g, "")] ?? "unknown",
            ...(Number.isFinite(interval) && interval > 0 && { intervalMs: Math.round(interval * 1000) }),
            ...(multiplier && { multiplier }),
            ...(diagnostic && !/^(none|nodiagnostic)$/i.test(diagnostic) && { diagnostic }),
          },
        },
      ];
    });
}
