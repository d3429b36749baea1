import { peerKeyWith } from "../switch/peer.ts";

/** Junos has no short names for interfaces. */
export const peerKey = peerKeyWith((name) => name);

/** `10.0.0.21+179` without its port. */
export function withoutPort(told: string): string {
  return told.replace(/\+\d{1,5}$/, "");
}

export function vrfOf(instance: string | undefined): string {
  return instance === undefined || instance === "master" ? "default" : instance;
}
