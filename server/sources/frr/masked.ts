const MASK = "[masked]";

/** `"bgpPassword": "..."`, whatever stands around the word in the key; the end may be cut off. */
const JSON_MEMBER = /("[^"\n]{0,60}(?:password|passwd|secret|md5key|authkey)[^"\n]{0,60}"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;

/** `password 7 0822455D0A16`, as configurations and descriptions have it. */
const WORDS = /\b(password|secret)(\s+[0-9])?\s+[^\s"]+/gi;

/** Text of a device without the secrets that could stand in it. */
export function masked(text: string): string {
  return text.replaceAll(JSON_MEMBER, `$1"${MASK}"`).replaceAll(WORDS, `$1$2 ${MASK}`);
}
