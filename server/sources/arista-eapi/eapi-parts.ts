import type { Trouble } from "../../../lib/fabric/observation.ts";
import type { Patience } from "../https.ts";
import { SourceError } from "../source-error.ts";
import type { EapiClient } from "./client.ts";
import type { Outcome } from "./eapi-answer.ts";
import type { EapiCommand } from "./eapi-commands.ts";

/**
 * What we want to know, and the ways to ask for it, best first. The multi-agent routing model has one summary over all
 * families; ribd and older releases have one for each.
 */
const WAYS = {
  summary: [["show bgp summary vrf all"], ["show ip bgp summary vrf all", "show ipv6 bgp summary vrf all"]],
  neighbors: [["show bgp neighbors vrf all"], ["show ip bgp neighbors vrf all", "show ipv6 bgp peers vrf all"]],
  bfd: [["show bfd peers detail"], ["show bfd peers"]],
  interfaces: [["show interfaces"]],
  vrfs: [["show ip interface"], ["show ip interface brief"]],
  lldp: [["show lldp neighbors detail"], ["show lldp neighbors"]],
  version: [["show version"]],
  hostname: [["show hostname"]],
} as const satisfies Readonly<Record<string, readonly (readonly EapiCommand[])[]>>;

export type Part = keyof typeof WAYS;

export interface Reply {
  readonly command: EapiCommand;
  readonly outcome: Outcome;
}

export interface PartAsker {
  /** Replies to each part; none where the switch has no way to tell it. @throws SourceError as the client does. */
  ask(parts: readonly Part[], patience: Patience): Promise<ReadonlyMap<Part, readonly Reply[]>>;
  /** Commands that would answer `part` and that this switch does not have, with its words. */
  missing(part: Part): readonly Trouble[];
}

/** Remembers what a switch has not, so that no poll asks in vain; a new asker learns anew. */
export function partAsker(client: EapiClient): PartAsker {
  const dead = new Map<EapiCommand, { readonly applicable: boolean; readonly text: string }>();

  const wayOf = (part: Part): readonly EapiCommand[] => {
    for (const way of WAYS[part]) {
      const alive = (way as readonly EapiCommand[]).filter((command) => !dead.has(command));
      if (alive.length > 0) return alive;
    }
    return [];
  };

  return {
    async ask(parts, patience) {
      const outcomes = new Map<EapiCommand, Outcome>();
      for (;;) {
        const commands = parts.flatMap(wayOf).filter((command) => !outcomes.has(command));
        if (commands.length === 0) break;
        for (const [command, outcome] of await client.run(commands, patience)) {
          outcomes.set(command, outcome);
          if (outcome.ok) continue;
          if (outcome.why === "invalid") dead.set(command, { applicable: true, text: outcome.text });
          if (outcome.why === "not-applicable") dead.set(command, { applicable: false, text: outcome.text });
        }
      }
      return new Map(parts.map((part) => [part, repliesOf(wayOf(part), outcomes)]));
    },
    missing(part) {
      if (wayOf(part).length > 0) return [];
      const commands: readonly EapiCommand[] = WAYS[part].flat();
      return commands.flatMap((command) => {
        const why = dead.get(command);
        return why?.applicable ? [{ part: command, text: why.text }] : [];
      });
    },
  };
}

function repliesOf(way: readonly EapiCommand[], outcomes: ReadonlyMap<EapiCommand, Outcome>): Reply[] {
  return way.flatMap((command) => {
    const outcome = outcomes.get(command);
    return outcome ? [{ command, outcome }] : [];
  });
}

/** How an operator would ask for a part. */
export function commandOf(part: Part): EapiCommand {
  return WAYS[part][0][0];
}

/** The failures among `replies` that an operator must hear of. `inactive` is an answer. */
export function troubleIn(replies: readonly Reply[]): Trouble[] {
  return replies.flatMap(({ command, outcome }) =>
    outcome.ok || outcome.why === "inactive" ? [] : [{ part: command, text: outcome.text }],
  );
}

/** @throws SourceError when none of `replies` is an answer: without a summary there is nothing to tell. */
export function atLeastOne(source: string, replies: readonly Reply[], missing: readonly Trouble[]): void {
  if (replies.some(({ outcome }) => outcome.ok || outcome.why === "inactive")) return;
  const why = [...troubleIn(replies), ...missing].map(({ part, text }) => `${part}: ${text}`);
  throw new SourceError("refused", source, why.join("; ") || "it has no BGP summary that we know to ask for");
}
