import type { Trouble } from "../../../lib/fabric/observation.ts";
import type { Patience } from "../https.ts";
import { SourceError } from "../source-error.ts";
import type { Part, SwitchClient, Ways } from "./dialect.ts";
import type { Outcome } from "./outcome.ts";

export interface Reply<Command extends string> {
  readonly command: Command;
  readonly outcome: Outcome;
}

export interface PartAsker<Command extends string> {
  /** Replies to each part; none where the switch has no way to tell it. @throws SourceError as the client does. */
  ask(parts: readonly Part[], patience: Patience): Promise<ReadonlyMap<Part, readonly Reply<Command>[]>>;
  /** Commands that would answer `part` and that this switch does not have, with its words. */
  missing(part: Part): readonly Trouble[];
}

/** Remembers what a switch has not, so that no poll asks in vain; a new asker learns anew. */
export function partAsker<Command extends string>(
  client: SwitchClient<Command>,
  ways: Ways<Command>,
): PartAsker<Command> {
  const dead = new Map<Command, { readonly applicable: boolean; readonly text: string }>();

  const wayOf = (part: Part): readonly Command[] => {
    for (const way of ways[part] ?? []) {
      const alive = way.filter((command) => !dead.has(command));
      if (alive.length > 0) return alive;
    }
    return [];
  };

  return {
    async ask(parts, patience) {
      const outcomes = new Map<Command, Outcome>();
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
      return (ways[part] ?? []).flat().flatMap((command) => {
        const why = dead.get(command);
        return why?.applicable ? [{ part: command, text: why.text }] : [];
      });
    },
  };
}

function repliesOf<Command extends string>(
  way: readonly Command[],
  outcomes: ReadonlyMap<Command, Outcome>,
): Reply<Command>[] {
  return way.flatMap((command) => {
    const outcome = outcomes.get(command);
    return outcome ? [{ command, outcome }] : [];
  });
}

/** How an operator would ask for a part. */
export function commandOf<Command extends string>(ways: Ways<Command>, part: Part): string {
  return ways[part]?.[0]?.[0] ?? part;
}

/** The failures among `replies` that an operator must hear of. `inactive` is an answer. */
export function troubleIn(replies: readonly Reply<string>[]): Trouble[] {
  return replies.flatMap(({ command, outcome }) =>
    outcome.ok || outcome.why === "inactive" ? [] : [{ part: command, text: outcome.text }],
  );
}

/** @throws SourceError when none of `replies` is an answer: without a summary there is nothing to tell. */
export function atLeastOne(source: string, replies: readonly Reply<string>[], missing: readonly Trouble[]): void {
  if (replies.some(({ outcome }) => outcome.ok || outcome.why === "inactive")) return;
  const why = [...troubleIn(replies), ...missing].map(({ part, text }) => `${part}: ${text}`);
  throw new SourceError("refused", source, why.join("; ") || "it has no BGP summary that we know to ask for");
}
