import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Sessions of one switch: EOS's default `session timeout` is a day, and it keeps only so many. */
const SESSION_MS = 86_400_000;
const MOST_SESSIONS = 64;

/** Who may ask: HTTP Basic on each request, or a cookie named `Session` from `/login`. */
export class Logins {
  private readonly wanted: Buffer;
  private readonly clock: () => number;
  private readonly expiresAt = new Map<string, number>();

  constructor(credentials: Credentials, clock: () => number) {
    this.wanted = digest(credentials.username, credentials.password);
    this.clock = clock;
  }

  /** The cookie's value, or undefined for wrong credentials. */
  login(username: string, password: string): string | undefined {
    if (!this.matches(username, password)) return undefined;
    const session = randomBytes(24).toString("hex");
    const oldest = this.expiresAt.keys().next().value;
    if (this.expiresAt.size >= MOST_SESSIONS && oldest !== undefined) this.expiresAt.delete(oldest);
    this.expiresAt.set(session, this.clock() + SESSION_MS);
    return session;
  }

  logout(cookies: string | undefined): void {
    for (const session of sessionsIn(cookies)) this.expiresAt.delete(session);
  }

  allows(authorization: string | undefined, cookies: string | undefined): boolean {
    const now = this.clock();
    if (sessionsIn(cookies).some((session) => (this.expiresAt.get(session) ?? 0) > now)) return true;
    const encoded = /^Basic (.+)$/i.exec(authorization ?? "")?.[1];
    if (encoded === undefined) return false;
    const text = Buffer.from(encoded, "base64").toString("utf8");
    const colon = text.indexOf(":");
    return colon >= 0 && this.matches(text.slice(0, colon), text.slice(colon + 1));
  }

  private matches(username: string, password: string): boolean {
    return timingSafeEqual(digest(username, password), this.wanted);
  }
}

function sessionsIn(cookies: string | undefined): string[] {
  return (cookies ?? "").split(";").flatMap((cookie) => /^\s*Session=([0-9a-f]+)\s*$/.exec(cookie)?.[1] ?? []);
}

function digest(username: string, password: string): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([username, password]))
    .digest();
}
