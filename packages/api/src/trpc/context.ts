import type { OpenIdProviders } from "@lectern/auth/openid/openid-providers";
import type { Passwords } from "@lectern/auth/passwords/passwords";
import type { GivenSession, Sessions } from "@lectern/auth/sessions/sessions";
import type { Database } from "@lectern/database/connect";
import type { Call } from "../call.ts";
import type { LiveStates } from "../shared/live/live.ts";

/**
 * What the server hands to every procedure. Kept in a module of its own, so that the bundle of the
 * client's declarations can leave it out, and the database with it.
 */
export interface RequestContext extends Call {
  readonly db: Database;
  /** What can be watched on this instance. */
  readonly live: LiveStates;
  readonly auth: Auth;
  readonly browser: Browser;
}

/** What signing in needs that does not change from one request to the next. */
export interface Auth {
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  /** The providers by which people of companies, and staff, sign in. */
  readonly openid: OpenIdProviders;
  /**
   * Where people reach the site, without a slash at the end; passkeys are bound to its host. Without it
   * `Browser.origin` says where this request found it.
   */
  readonly publicUrl: string | undefined;
  /** What the academy is called. */
  readonly academy: string;
  /**
   * Asks the DNS for the TXT records of a name, each in one piece: none where there is no such name. Fails
   * where the DNS can't be asked.
   */
  readonly resolveTxt: (name: string) => Promise<readonly string[]>;
}

/** The browser that a call comes from, as far as it keeps something for us; a program keeps nothing. */
export interface Browser {
  /** Of the site, as this request found it: scheme, host and port. */
  readonly origin: string;
  /** What it calls itself (`User-Agent`). */
  readonly name: string | null;
  /** Of a device from which somebody has signed in before. */
  readonly deviceToken: string | undefined;
  /** Of a browser that is on its way to a provider of OpenID Connect, or back. */
  readonly openidToken: string | undefined;
  /** Signs the browser in: with the answer, it gets the token of its session. */
  keepSession(session: GivenSession): void;
  keepDevice(token: string): void;
  /** For a few minutes. */
  keepOpenid(token: string): void;
  forgetSession(): void;
}

/** Where there is no browser, such as in the site's own rendering: nothing can be kept. */
export const NO_BROWSER: Browser = {
  origin: "http://localhost",
  name: null,
  deviceToken: undefined,
  openidToken: undefined,
  keepSession: () => {},
  keepDevice: () => {},
  keepOpenid: () => {},
  forgetSession: () => {},
};
