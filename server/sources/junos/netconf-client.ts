import type { Patience } from "../https.ts";
import { passwordTries } from "../password-tries.ts";
import { reading, SourceError } from "../source-error.ts";
import type { SwitchClient } from "../switch/dialect.ts";
import type { Outcome } from "../switch/outcome.ts";
import { allNamed, type Element } from "./element.ts";
import { callOf, type JunosRpc } from "./junos-rpcs.ts";
import { type NetconfSession, netconfSession, type SshTarget } from "./netconf-session.ts";
import { readXml } from "./read-xml.ts";
import { outcomeOf } from "./reply.ts";

/** NETCONF over SSH (RFC 6241, 6242): one session, kept from poll to poll, and one RPC at a time. */
export function netconfClient(target: SshTarget): SwitchClient<JunosRpc> {
  const { id: source } = target;
  const tried = passwordTries(source, target.username);
  let session: NetconfSession | undefined;
  let messages = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(rpc: JunosRpc, patience: Patience): Promise<Outcome> {
    const call = callOf(rpc);
    if (!session?.open) session = await tried(() => netconfSession(target, patience));
    const id = `peerglass-${++messages}`;
    const args = call.args.map(([name, value]) => (value === undefined ? `<${name}/>` : `<${name}>${value}</${name}>`));
    const text = await session.ask(
      `<rpc message-id="${id}" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><${call.name}>${args.join("")}</${call.name}></rpc>`,
      patience,
    );
    const reply = reading(source, () => readXml(text));
    return outcomeOf(ownReply(reply, id));
  }

  function ownReply(reply: Element, id: string): Element {
    const [answer] = allNamed(reply, "rpc-reply");
    const told = answer?.attributes.get("message-id");
    if (!answer || told !== id) {
      session?.end();
      throw new SourceError(
        "malformed",
        source,
        `it answered request ${JSON.stringify(told ?? "none")}, we asked ${id}`,
      );
    }
    return answer;
  }

  async function run(rpcs: readonly JunosRpc[], patience: Patience) {
    const outcomes = new Map<JunosRpc, Outcome>();
    for (const rpc of new Set(rpcs)) outcomes.set(rpc, await ask(rpc, patience));
    return outcomes;
  }

  return {
    run(rpcs, patience) {
      const mine = last.then(() => run(rpcs, patience));
      last = mine.catch(() => {});
      return mine;
    },
    async close() {
      await last;
      session?.end();
    },
  };
}
