/** Text that a device sent, made fit to be shown: one line, no control characters, NFC, at most `max` characters. */
export function deviceText(text: string, max: number): string {
  const head = text.slice(0, max * 2);
  const plain = head.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").normalize("NFC");
  return plain.trim().slice(0, max).toWellFormed();
}

export const MAX_WORDS = 200;
export const MAX_DESCRIPTION = 1024;
