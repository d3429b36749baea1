import { CEASE, type NotificationCode, parseNotificationWords } from "../../../lib/bgp/notification.ts";
import type { HeldDown, LastError } from "../../../lib/fabric/neighbor.ts";
import { field, MAX_WORDS_CHARS } from "./text.ts";

/** BIRD's classes of errors (`bgp_err_classes` in `proto/bgp/bgp.c`), by the words that it prints before the error. */
const CLASSES: readonly (readonly [prefix: string, direction: LastError["direction"]])[] = [
  ["Received: ", "received"],
  ["BGP Error: ", "sent"],
  // The limit is our own, and BIRD closes with Cease 6/1.
  ["Automatic shutdown: ", "sent"],
  ["Socket: ", "local"],
  // `Neighbor lost`, `Link down`, `BFD session down`, `Kernel MD5 auth failed`: seen here, and no NOTIFICATION.
  ["Error: ", "local"],
];

const CLASSED = /(?:Received|BGP Error|Automatic shutdown|Socket|Error): .*/;

/** The error in a row's info, which begins with a state: `Active        Socket: Connection refused`. "" for none. */
export function errorInRow(info: string): string {
  return CLASSED.exec(info)?.[0] ?? "";
}

/** The last error in BIRD's words; `undefined` for no words. `message` is the text that came with a shutdown. */
export function parseLastError(words: string, message: string | undefined): LastError | undefined {
  if (words === "") return undefined;
  const [prefix, direction] = CLASSES.find(([start]) => words.startsWith(start)) ?? ["", "local" as const];
  const notification = direction === "local" ? undefined : notificationOf(words.slice(prefix.length));
  return {
    direction,
    text: field(words, MAX_WORDS_CHARS),
    ...(notification && { notification }),
    ...(message !== undefined && message !== "" && { communication: field(message) }),
  };
}

function notificationOf(words: string): NotificationCode | undefined {
  if (words === "Route limit exceeded") return CEASE.prefixLimit;
  // `bgp_error_dsc` in `proto/bgp/packets.c`, for pairs that it does not know.
  const numbers = /^Unknown error (\d{1,3})\.(\d{1,3})$/.exec(words);
  if (numbers) return { code: Number(numbers[1]), subcode: Number(numbers[2]) };
  return parseNotificationWords(words);
}

/**
 * Why a protocol that is down stays down. An operator's `disable` leaves nothing in the row but, from 2.0 on, his text in
 * `Message`. `Automatic shutdown` is a limit with `action disable`.
 */
export function parseHeldDown(info: string, message: string | undefined): HeldDown {
  const text = message === undefined || message === "" ? undefined : field(message);
  if (info === "" || info === "Down") return { by: "admin", ...(text && { text }) };
  if (!info.startsWith("Automatic shutdown: ")) return { by: "other", text: text ?? field(info, MAX_WORDS_CHARS) };
  const reason = info.slice("Automatic shutdown: ".length);
  const byLimit = /limit exceeded/i.test(reason);
  return { by: byLimit ? "prefix-limit" : "other", text: text ?? field(reason, MAX_WORDS_CHARS) };
}
