/** Text of the device that goes into the model: bounded, on one line, and not tied to the long answer it was cut from. */

export const MAX_FIELD_CHARS = 1024;
export const MAX_WORDS_CHARS = 200;

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

/** A copy: V8 lets a slice hold on to the whole string it is a slice of, and an answer may have 20 MB. */
export function own(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** Control characters become U+FFFD, so that a field can neither break a line nor drive a terminal. */
export function field(text: string, maxChars = MAX_FIELD_CHARS): string {
  const trimmed = text.trim();
  const cut = trimmed.length > maxChars ? `${trimmed.slice(0, maxChars - 1)}…` : trimmed;
  return own(CONTROL.test(cut) ? cut.replaceAll(CONTROLS, "\ufffd") : cut);
}
