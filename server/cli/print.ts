import { SettingsError } from "../settings-error.ts";

/** What devices say goes to a terminal, and a terminal obeys control characters: they are printed as their codes. */

const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text for a terminal: line feeds stay, any other control character or change of direction is written `\u001b`. */
export function plain(text: string): string {
  return text.replaceAll(CONTROLS, escaped);
}

/** Why the program ends, for standard error: every line begins with our name. */
export function complaint(error: unknown): string {
  const lines = plain(error instanceof Error ? error.message : String(error)).split("\n");
  const head = error instanceof SettingsError ? ["These settings cannot be used:"] : [];
  return `${[...head, ...lines].map((line) => `peerglass: ${line}`).join("\n")}\n`;
}

/** Pretty JSON of our model; a Map becomes an object. It parses back to the same text. */
export function prettyJson(value: unknown): string {
  const json = JSON.stringify(
    value ?? null,
    (_key, inner: unknown) => (inner instanceof Map ? Object.fromEntries(inner) : inner),
    2,
  );
  return json.replaceAll(CONTROLS, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Writes to standard output and waits until it is taken: a pipe may be slow, and exiting early would cut it. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => {
      if (!error || ("code" in error && error.code === "EPIPE")) resolve();
      else reject(error);
    });
  });
}
