import type { Secret } from "../../secret.ts";
import type { HttpsAnswer, HttpsClient, Patience } from "../https.ts";
import { passwordTries } from "../password-tries.ts";
import { SourceError } from "../source-error.ts";

const LOGOUT_MS = 2_000;

export interface Credentials {
  /** Source that they are for, named in errors. */
  readonly id: string;
  readonly username: string;
  readonly password: Secret;
  readonly login: "basic" | "session";
}

export interface EapiLogin {
  /** Posts `body` to the command API as the configured user. @throws SourceError */
  send(body: string, patience: Patience): Promise<HttpsAnswer>;
  logout(): Promise<void>;
}

/**
 * Credentials of one switch: HTTP Basic with each request, or a session (`POST /login`, cookie `Session`).
 *
 * An expired session is no refusal: we log in again, once.
 */
export function eapiLogin(config: Credentials, https: HttpsClient): EapiLogin {
  const { id: source, username, password } = config;
  const tried = passwordTries(source, username);
  let session: string | undefined;

  const post = (headers: Readonly<Record<string, string>>, body: string, patience: Patience) =>
    https.send(
      { method: "POST", path: "/command-api", headers: { "content-type": "application/json", ...headers }, body },
      patience,
    );

  async function loggedIn(patience: Patience): Promise<string> {
    const answer = await tried(() =>
      https.send(
        {
          method: "POST",
          path: "/login",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ username, password: password.reveal() }),
        },
        patience,
      ),
    );
    const cookie = sessionCookie(answer.headers["set-cookie"]);
    if (!cookie) throw new SourceError("malformed", source, "it took our login, and gave no cookie named Session");
    return cookie;
  }

  async function withSession(body: string, patience: Patience): Promise<HttpsAnswer> {
    const fresh = session === undefined;
    session ??= await loggedIn(patience);
    try {
      return await post({ cookie: `Session=${session}` }, body, patience);
    } catch (error) {
      if (!(error instanceof SourceError) || error.reason !== "unauthorized") throw error;
      session = undefined;
      if (fresh) throw error;
      return withSession(body, patience);
    }
  }

  async function withPassword(body: string, patience: Patience): Promise<HttpsAnswer> {
    const credentials = Buffer.from(`${username}:${password.reveal()}`, "utf8").toString("base64");
    return tried(() => post({ authorization: `Basic ${credentials}` }, body, patience));
  }

  return {
    send: config.login === "basic" ? withPassword : withSession,
    async logout() {
      if (session === undefined) return;
      const cookie = `Session=${session}`;
      session = undefined;
      const patience = { signal: new AbortController().signal, endsAt: Date.now() + LOGOUT_MS };
      // A switch that does not answer will end the session by itself.
      await https.send({ method: "POST", path: "/logout", headers: { cookie }, body: "" }, patience).catch(() => {});
    },
  };
}

/** The cookie's value, if it can be sent back as it is (RFC 6265 §4.1.1). */
function sessionCookie(headers: string | string[] | undefined): string | undefined {
  for (const header of [headers ?? []].flat()) {
    const value = /^Session=([!#-+\--:<-[\]-~]{1,4096})(?:;|$)/.exec(header.trim())?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}
