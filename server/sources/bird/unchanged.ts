const HOLD = "Hold timer:";
const KEEPALIVE = "Keepalive timer:";

/**
 * Whether two blocks of `show protocols all` tell the same. The running countdowns of an established session
 * (`Hold timer: 22.808/30`) differ from one answer to the next though nothing happened; what is negotiated, behind the
 * slash, counts. Comparing text costs a tenth of parsing it, and most sessions of a large daemon are quiet.
 */
export function tellsTheSame(before: string, after: string): boolean {
  if (before === after) return true;
  const hold = before.indexOf(HOLD);
  if (hold < 0 || !after.startsWith(HOLD, hold)) return false;
  const [a, b] = [steadyParts(before, hold), steadyParts(after, hold)];
  return a !== undefined && b !== undefined && a.every((part, i) => part === b[i]);
}

/** What stands before, between and behind the two countdowns. */
function steadyParts(text: string, hold: number): readonly string[] | undefined {
  const holdSlash = text.indexOf("/", hold);
  const keepalive = text.indexOf(KEEPALIVE, hold);
  const keepaliveSlash = text.indexOf("/", keepalive);
  if (keepalive < 0 || holdSlash < 0 || holdSlash > keepalive || keepaliveSlash < 0) return undefined;
  return [text.slice(0, hold), text.slice(holdSlash, keepalive), text.slice(keepaliveSlash)];
}
