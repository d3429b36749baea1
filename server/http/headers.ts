import { randomBytes } from "node:crypto";

/** A fresh one for each answer; only scripts that bear it run. */
export function freshNonce(): string {
  return randomBytes(16).toString("base64");
}

/** Scripts by nonce alone, nothing from any other origin (S9b). Styles: React and Cytoscape set them as attributes. */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  "x-robots-tag": "noindex",
};

/** Headers by which a client could pretend to be a proxy or a part of the framework (S21). */
export function isForbiddenHeader(name: string): boolean {
  return (
    /^x[-_](middleware|forwarded|user|real|nextjs|nonce|invoke|matched)/.test(name) ||
    name === "content-security-policy"
  );
}
