import { bird1 } from "./bird-1.ts";
import { bird2 } from "./bird-2.ts";
import type { BirdPrinter, ProtocolBlock } from "./bird-printer.ts";
import { birdFacts } from "./bird-protocol.ts";
import type { DeviceState, World } from "./world.ts";

export function printerOf(device: DeviceState): BirdPrinter {
  return device.plan.system === "bird-1" ? bird1 : bird2;
}

/** Nobody changes the demo through a daemon: these are denied whether or not `restrict` was said. */
const WRITING = /^(configure|disable|enable|restart|reload|down|debug|mrtdump|graceful restart)(\s|$)/;

/** The whole reply to one command, lines with their codes, as BIRD's control socket gives it. */
export function birdReply(world: World, device: DeviceState, command: string): string[] {
  const printer = printerOf(device);
  const words = command.trim().replaceAll(/\s+/g, " ");
  if (words === "") return [printer.emptyCommand];
  if (words === "restrict") return ["0016 Access restricted"];
  if (WRITING.test(words)) return ["8007 Access denied"];

  const facts = birdFacts(world, device);
  switch (words) {
    case "show status":
      return printer.status(facts);
    case "show interfaces":
      return printer.interfaces(facts);
    case "show interfaces summary":
      return printer.interfaceSummary(facts);
    case "show bfd sessions":
      return printer.bfdSessions(facts);
    case "show route count":
      return printer.routeCount(facts);
    case "show memory":
      return printer.memory(facts);
  }
  const asked = /^show protocols(?<all> all)?(?: (?<name>"[^"]*"|\S+))?$/.exec(words)?.groups;
  if (!asked) return [printer.syntaxError];
  const blocks = chosen(printer.protocols(facts), asked.name);
  if (blocks.length === 0) {
    return [asked.name?.startsWith('"') ? "8003 No protocols match" : printer.noProtocol(asked.name ?? "")];
  }
  return asked.all ? withDetails(printer.heading, blocks) : rowsOnly(printer.heading, blocks);
}

/** A bare word is a name; a word in quotes is a pattern with `*` and `?`. */
function chosen(blocks: readonly ProtocolBlock[], name: string | undefined): readonly ProtocolBlock[] {
  if (name === undefined) return blocks;
  if (!name.startsWith('"')) return blocks.filter((block) => block.name === name);
  const pattern = name.slice(1, -1).replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  const matcher = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
  return blocks.filter((block) => matcher.test(block.name));
}

/** A code is written once, and a line under the same code begins with a space. */
function rowsOnly(heading: string, blocks: readonly ProtocolBlock[]): string[] {
  return [`2002-${heading}`, ...blocks.map((block, i) => (i === 0 ? `1002-${block.row}` : ` ${block.row}`)), "0000 "];
}

function withDetails(heading: string, blocks: readonly ProtocolBlock[]): string[] {
  return [
    `2002-${heading}`,
    ...blocks.flatMap(({ row, details }) => [
      `1002-${row}`,
      ...[...details, ""].map((line, i) => (i === 0 ? `1006-${line}` : ` ${line}`)),
    ]),
    "0000 ",
  ];
}
