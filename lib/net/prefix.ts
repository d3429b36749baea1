import { addressBytes, canonicalAddress, ipVersion, parsePrefix } from "./address.ts";

/** `10.0.0.5/24` as the network that it lies in, `10.0.0.0/24`; an address alone as its host route. Undefined for anything else. */
export function canonicalPrefix(text: string): string | undefined {
  const prefix = parsePrefix(text);
  if (!prefix) {
    const address = text.includes("/") ? undefined : canonicalAddress(text);
    return address && `${address}/${ipVersion(address) === 4 ? 32 : 128}`;
  }
  const bytes = addressBytes(prefix.address);
  if (!bytes) return undefined;
  const masked = bytes.map((byte, i) => byte & maskOf(prefix.length - 8 * i));
  if (masked.every((byte, i) => byte === bytes[i])) return `${prefix.address}/${prefix.length}`;
  return `${textOf(masked)}/${prefix.length}`;
}

function maskOf(bitsLeft: number): number {
  return bitsLeft >= 8 ? 0xff : bitsLeft <= 0 ? 0 : (0xff << (8 - bitsLeft)) & 0xff;
}

function textOf(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join(".");
  const words = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return canonicalAddress(words.join(":")) ?? "";
}
