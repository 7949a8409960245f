import { generateKeyPairSync, sign } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { type AccountClaims, Provider } from "oidc-provider";

/** A provider of OpenID Connect on this machine, at which people of a test sign in without a page. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whom it knows, by subject. */
  readonly accounts: Map<string, Omit<AccountClaims, "sub">>;
  /** What it was asked for so far: method and path. */
  readonly requests: readonly string[];
  /** While it is set, answers nobody. */
  isDown: boolean;
  /** Changes the claims of the tokens that it gives from now on; `undefined` leaves them alone. */
  forge: Forgery | undefined;
  /** Signs in at the address to which somebody was sent. @returns with what the browser is sent back */
  signIn(url: string, subject: string): Promise<Returned>;
}

export interface Returned {
  /** To whose address the browser is sent back. */
  readonly provider: string;
  readonly state: string;
  readonly code: string;
  readonly iss: string | undefined;
}

export interface Forgery {
  readonly claims?: Record<string, unknown>;
  /** With which key it is signed; without one, the signature stays as it was. */
  readonly key?: "own" | "other" | "none";
}

export interface TestProviderOptions {
  /** To which addresses browsers may be sent back, and to all below them: each provider of a test has its own. */
  readonly redirectUris: readonly string[];
  /** Whether it tells addresses in its tokens; otherwise to who asks for them, as the standard has it. */
  readonly tellsInTokens?: boolean;
}

const SUBJECT_HEADER = "x-test-subject";
const SCOPE = "openid email profile";

function newKey() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** Starts a provider. */
export async function startProvider(options: TestProviderOptions): Promise<TestProvider> {
  const keys = { own: newKey(), other: newKey() };
  const accounts: TestProvider["accounts"] = new Map();
  const requests: string[] = [];
  const clientId = "lectern-of-the-test";
  const clientSecret = `secret-of-the-client-${crypto.randomUUID()}`;

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port");
  const issuer = `http://localhost:${address.port}`;

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...options.redirectUris],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: {
      keys: [{ ...keys.own.export({ format: "jwk" }), kid: "own", use: "sig", alg: "RS256" }],
    },
    cookies: { keys: ["a key for the cookies of a test"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: options.tellsInTokens !== true,
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 60,
      IdToken: 60,
      Grant: 60,
      Interaction: 60,
      Session: 60,
    },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...accounts.get(subject) }),
    }),
  });
  provider.Client.prototype.redirectUriAllowed = (address) =>
    options.redirectUris.some((known) => address.startsWith(`${known}/`));
  const standard = provider.callback();

  const self: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    accounts,
    requests,
    isDown: false,
    forge: undefined,
    signIn,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", issuer).pathname;
    requests.push(`${request.method} ${path}`);
    if (self.isDown) request.socket.destroy();
    else if (path.startsWith("/interaction/")) await interact(request, response);
    else {
      if (path === "/token") forgeTokens(response);
      await standard(request, response);
    }
  }

  /** Somebody signs in, and agrees to everything. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const accountId = String(request.headers[SUBJECT_HEADER]);
    const grant = new provider.Grant({ accountId, clientId });
    grant.addOIDCScope(SCOPE);
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { login: { accountId }, consent });
  }

  function forgeTokens(response: ServerResponse): void {
    const { forge } = self;
    if (forge === undefined) return;
    const end = response.end.bind(response);
    Object.assign(response, {
      end(body: unknown) {
        const told: unknown = JSON.parse(String(body));
        const isTold = typeof told === "object" && told !== null && "id_token" in told;
        const changed = isTold ? { ...told, id_token: forged(String(told.id_token), forge) } : told;
        response.removeHeader("content-length");
        return end(JSON.stringify(changed));
      },
    });
  }

  function forged(token: string, { claims, key }: Forgery): string {
    const [header = "", payload = "", signature = ""] = token.split(".");
    const before: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    if (typeof before !== "object") throw new Error("It holds no claims");
    const body = encoded({ ...before, ...claims });
    if (key === undefined) return `${header}.${body}.${signature}`;
    if (key === "none") return `${encoded({ alg: "none" })}.${body}.`;
    const signed = sign("sha256", Buffer.from(`${header}.${body}`), keys[key]);
    return `${header}.${body}.${signed.toString("base64url")}`;
  }

  async function signIn(url: string, subject: string): Promise<Returned> {
    const jar = new Map<string, string>();
    let next = new URL(url);
    for (let hop = 0; hop < 8; hop += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, [SUBJECT_HEADER]: subject };
      const response = await fetch(next, { headers, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";", 1);
        jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
      }
      const location = response.headers.get("location");
      if (location === null) throw new Error(`The provider says ${await response.text()}`);
      next = new URL(location, next);
      if (next.origin === issuer) continue;
      const { state, code, iss, error } = Object.fromEntries(next.searchParams);
      if (state === undefined || code === undefined) throw new Error(`It was refused: ${error}`);
      const written = next.pathname.split("/").at(-1) ?? "";
      return { provider: written, state, code, iss };
    }
    throw new Error("It leads nowhere");
  }

  return self;
}
