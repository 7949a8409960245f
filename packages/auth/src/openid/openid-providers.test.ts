import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OpenIdFailure } from "./openid-failure.ts";
import { createOpenIdProviders } from "./openid-providers.ts";

/** A provider that says of itself what a test wants; the whole way is walked in the server's tests. */

let server: Server;
let issuer = "";
let metadata: Record<string, unknown> = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    const isMetadata = request.url === "/.well-known/openid-configuration";
    const isKeys = request.url === "/keys";
    response.writeHead(isMetadata || isKeys ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(isMetadata ? metadata : { keys: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port");
  issuer = `http://localhost:${address.port}`;
});
beforeEach(() => {
  metadata = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const providers = createOpenIdProviders({ allowsLocal: true });

function settings(overrides: Partial<{ issuer: string; key: string }> = {}) {
  const expects = { acrValues: [], amrValues: [], maxAgeSeconds: null };
  const access = { key: crypto.randomUUID(), issuer, clientId: "lectern", clientSecret: "s" };
  return { ...access, expects, ...overrides };
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OpenIdFailure))
    throw new Error("It did not fail as it should", { cause: error });
  expect(error.cause).toBeUndefined();
  return error.reason;
}

const asked = { redirectUri: "http://localhost:3000/sign-in/openid", state: "state" };
const attempt = { verifier: "v".repeat(43), nonce: "nonce" };
const returned = { ...asked, code: "code", iss: undefined };

describe("looking at a provider", () => {
  it("gives the issuer as it names itself", async () => {
    expect(await providers.check(settings())).toBe(issuer);
    expect(await providers.check(settings({ issuer: `${issuer}/` }))).toBe(issuer);
  });

  it("refuses one that is another, says too little, or is none", async () => {
    metadata = { ...metadata, issuer: "https://other.example" };
    expect(await reasonOf(providers.check(settings()))).toBe("not_a_provider");
    metadata = { ...metadata, issuer, token_endpoint: undefined };
    expect(await reasonOf(providers.check(settings()))).toBe("not_a_provider");
    metadata = { nothing: true };
    expect(await reasonOf(providers.check(settings()))).toBe("not_a_provider");
    expect(await reasonOf(providers.check(settings({ issuer: `${issuer}/elsewhere` })))).toBe(
      "not_a_provider",
    );
  });

  it("tells of one that is not there", async () => {
    expect(await reasonOf(providers.check(settings({ issuer: "http://localhost:9" })))).toBe(
      "unreachable",
    );
  });

  it.each(["http://10.0.0.1", "https://10.0.0.1", "https://169.254.169.254", "http://example.com"])(
    "does not go to %s",
    async (address) => {
      expect(await reasonOf(providers.check(settings({ issuer: address })))).toBe("address");
    },
  );

  it("does not go to this machine unless that is allowed", async () => {
    const strict = createOpenIdProviders({ allowsLocal: false });
    expect(await reasonOf(strict.check(settings()))).toBe("address");
    expect(await reasonOf(strict.begin(settings(), asked))).toBe("address");
  });

  it("does not go to where its metadata lead, either", async () => {
    metadata = { ...metadata, jwks_uri: "https://169.254.169.254/keys" };
    expect(await reasonOf(providers.check(settings()))).toBe("address");
  });
});

describe("signing in at a provider", () => {
  it("does not send the secret to where its metadata lead", async () => {
    metadata = { ...metadata, token_endpoint: "https://10.0.0.1/token" };
    expect(await reasonOf(providers.finish(settings(), attempt, returned))).toBe("address");
  });

  it("does not send the browser to anything but a page", async () => {
    metadata = { ...metadata, authorization_endpoint: "javascript:alert(1)" };
    expect(await reasonOf(providers.begin(settings(), asked))).toBe("address");
  });

  it("asks with PKCE, and with a new verifier and nonce each time", async () => {
    const one = settings();
    const [first, second] = [await providers.begin(one, asked), await providers.begin(one, asked)];
    const { searchParams } = new URL(first.url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: "code",
      client_id: "lectern",
      redirect_uri: asked.redirectUri,
      scope: "openid email profile",
      code_challenge_method: "S256",
      state: "state",
      nonce: first.nonce,
    });
    expect(first.url).not.toContain(first.verifier);
    expect(first.verifier).not.toBe(second.verifier);
    expect(first.nonce).not.toBe(second.nonce);
  });

  it("asks a provider again that was not there the first time", async () => {
    const one = settings();
    const before = metadata;
    metadata = {};
    expect(await reasonOf(providers.begin(one, asked))).toBe("refused");
    metadata = before;
    expect((await providers.begin(one, asked)).url).toContain(issuer);
  });
});
