import { queuedMails } from "@lectern/api/testing/queued-mails";
import { isLecternError } from "@lectern/client";
import type { IdentityAnswer } from "@lectern/contract/identity";
import { auditEntry } from "@lectern/database/schema/operations";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import {
  authSession,
  externalIdentity,
  identityProvider,
  oneTimeToken,
  passkey,
  password,
  person,
  roleAssignment,
  totpCredential,
} from "@lectern/database/schema/people";
import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Forgery,
  type Returned,
  type TestProvider,
  startProvider,
} from "./support/openid-provider.ts";
import {
  PASSWORD,
  type TestPerson,
  type TestRole,
  createPerson,
  key,
  showSecondFactor,
  signedIn,
} from "./support/people.ts";
import { type TestBrowser, openBrowser } from "./support/test-browser.ts";
import { useTestServer } from "./support/test-server.ts";

/**
 * Signing in by OpenID Connect at a real provider (oidc-provider), through HTTP and the real client, as
 * browsers do it.
 */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });
const browse = () => openBrowser({ url: server().url });

let idp: TestProvider;
let tellingIdp: TestProvider;

beforeAll(async () => {
  const redirectUris = [`${server().url}/sign-in/openid`];
  idp = await startProvider({ redirectUris });
  tellingIdp = await startProvider({ redirectUris, tellsInTokens: true });
});
afterEach(() => {
  idp.isDown = false;
  idp.forge = undefined;
});
afterAll(async () => {
  await idp[Symbol.asyncDispose]();
  await tellingIdp[Symbol.asyncDispose]();
});

interface Company {
  readonly id: string;
  /** Which it has shown to be its own. */
  readonly domain: string;
}

async function createCompany(
  values: Partial<typeof organisation.$inferInsert> = {},
): Promise<Company> {
  const id = uuidv7();
  const domain = `${id}.example`;
  const { db } = server();
  await db.insert(organisation).values({ id, name: `Company ${id}`, country: "NO", ...values });
  await addDomain(id, domain);
  return { id, domain };
}

async function addDomain(organisationId: string, domain: string, isVerified = true): Promise<void> {
  await server()
    .db.insert(organisationDomain)
    .values({
      id: uuidv7(),
      organisationId,
      domain,
      challenge: "challenge",
      verifiedAt: isVerified ? new Date() : null,
    });
}

interface ProviderOptions {
  readonly acrValues?: string[];
  readonly amrValues?: string[];
  readonly maxAgeSeconds?: number;
  readonly at?: TestProvider;
  readonly company?: Company;
  readonly asksSecondFactor?: boolean;
}

/** Writes the provider down, as staff do: each test has its own, at the same address. */
async function addProvider({ at = idp, company, ...asked }: ProviderOptions = {}) {
  const { issuer, clientId, clientSecret } = at;
  return server().staff.identity.createProvider.mutate({
    slug: `provider-${uuidv7()}`,
    name: "Example sign-in",
    issuer,
    clientId,
    clientSecret,
    organisationId: company?.id ?? null,
    ...asked,
    ...key(),
  });
}

interface Known {
  readonly subject: string;
  readonly email: string;
}

/** Makes somebody known to the provider. */
function know(claims: { email: string; email_verified?: unknown; name?: string }, at = idp): Known {
  const subject = `subject-${uuidv7()}`;
  // What is no boolean is what some providers say all the same.
  at.accounts.set(subject, Object.assign({ email_verified: true, name: "Ada Lovelace" }, claims));
  return { subject, email: claims.email };
}

const addressAt = ({ domain }: Company) => `ada.${uuidv7()}@${domain}`;

async function begin({ client }: TestBrowser, slug: string, returnTo = "/account") {
  return (await client.identity.begin.mutate({ provider: slug, returnTo, ...key() })).url;
}

function finish({ client }: TestBrowser, { iss, ...told }: Returned): Promise<IdentityAnswer> {
  return client.identity.finish.mutate({ ...told, iss: iss ?? null, ...key() });
}

/** The whole way: to the provider, and back. */
async function signInAt(
  browser: TestBrowser,
  { slug }: { readonly slug: string },
  { subject }: Pick<Known, "subject">,
  at = idp,
): Promise<IdentityAnswer> {
  return finish(browser, await at.signIn(await begin(browser, slug), subject));
}

async function linkNeeded(
  browser: TestBrowser,
  provider: { readonly slug: string },
  somebody: Known,
): Promise<Extract<IdentityAnswer, { state: "link_needed" }>> {
  const answer = await signInAt(browser, provider, somebody);
  if (answer.state !== "link_needed") throw new Error(`It is ${answer.state}`);
  return answer;
}

/** What a call was refused with, as the wire tells it: never with a mistake of ours. */
async function refusal(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    if (isLecternError(error)) return { code: error.code, data: error.data };
    throw error;
  }
  throw new Error("It was not refused");
}
const codeOf = async (call: Promise<unknown>) => (await refusal(call)).code;

async function meOf({ client }: TestBrowser) {
  return (await client.account.me.query()).me;
}

async function accountOf(email: string) {
  const [found] = await server()
    .db.select()
    .from(person)
    .where(sql`lower(${person.email}) = lower(${email})`);
  return found;
}

function identitiesOf(personId: string) {
  return server().db.select().from(externalIdentity).where(eq(externalIdentity.personId, personId));
}

async function linkTo(providerId: string, { subject }: Known, personId: string): Promise<string> {
  const id = uuidv7();
  await server().db.insert(externalIdentity).values({ id, providerId, subject, personId });
  return id;
}

/** Somebody of a company whom its provider knows. */
async function createMember(provider: { id: string }, company: Company, roles: TestRole[] = []) {
  const somebody = know({ email: addressAt(company) });
  const account = await createPerson(server(), { email: somebody.email }, [
    { role: "learner", organisationId: company.id },
    ...roles,
  ]);
  await linkTo(provider.id, somebody, account.id);
  return { ...somebody, ...account };
}

async function addTotp({ id }: Pick<TestPerson, "id">): Promise<void> {
  await server().db.insert(totpCredential).values({ personId: id, secret: "e1:1:x", lastStep: 0 });
}

async function refusalsOf(providerId: string): Promise<unknown[]> {
  const found = await server()
    .db.select({ after: auditEntry.after })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.action, "person.sign_in_failed"),
        sql`${auditEntry.after} ->> 'providerId' = ${providerId}`,
      ),
    )
    .orderBy(auditEntry.id);
  return found.map(({ after }) => z.object({ reason: z.string() }).parse(after).reason);
}

describe("the providers", () => {
  it("are written down by staff, and never tell their secret", async () => {
    const company = await createCompany();
    const created = await addProvider({ company });
    expect(created).toMatchObject({
      issuer: idp.issuer,
      clientId: idp.clientId,
      organisation: { id: company.id },
      isEnabled: true,
      people: 0,
      version: 1,
    });
    const list = await server().staff.identity.listProviders.query({ organisationId: company.id });
    expect(list).toMatchObject({ items: [created], total: 1 });
    expect(created.redirectUri).toBe(`${server().url}/sign-in/openid/${created.slug}`);
    expect(JSON.stringify([created, list])).not.toContain(idp.clientSecret);
    const [row] = await server()
      .db.select()
      .from(identityProvider)
      .where(eq(identityProvider.id, created.id));
    expect(row?.clientSecret).toMatch(/^e1:/u);
    const entries = await server()
      .db.select()
      .from(auditEntry)
      .where(eq(auditEntry.entityId, created.id));
    expect(entries.map(({ action }) => action)).toEqual(["identity_provider.create"]);
    expect(JSON.stringify(entries)).not.toContain(idp.clientSecret);
  });

  it("are looked at before: a wrong issuer is refused", async () => {
    const { port } = new URL(idp.issuer);
    const create = (issuer: string) =>
      server().staff.identity.createProvider.mutate({
        slug: `provider-${uuidv7()}`,
        name: "Wrong",
        issuer,
        clientId: "x",
        clientSecret: "y",
        ...key(),
      });
    for (const issuer of [
      // Calls itself otherwise.
      `http://127.0.0.1:${port}`,
      `${idp.issuer}/elsewhere`,
      `${idp.issuer}?tenant=1`,
      "http://localhost:9",
      "http://example.com",
      "http://10.0.0.1",
      "https://10.0.0.1",
      "https://169.254.169.254/latest",
      "https://[fd00:ec2::254]",
      "https://[::ffff:127.0.0.1]",
    ]) {
      expect(await refusal(create(issuer))).toMatchObject({
        code: "Invalid",
        data: { issues: [{ path: "issuer" }] },
      });
    }
  });

  it("can be written down once for a name, and for a company that is there", async () => {
    const { slug } = await addProvider();
    const again = { name: "Again", clientId: idp.clientId, clientSecret: "s", issuer: idp.issuer };
    const create = (more: { slug: string; organisationId?: string }) =>
      refusal(server().staff.identity.createProvider.mutate({ ...again, ...more, ...key() }));
    expect(await create({ slug })).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists", detail: "slug" },
    });
    const other = `other-${slug}`;
    expect((await create({ slug: other, organisationId: uuidv7() })).code).toBe("NotFound");
    const gone = await createCompany({ archivedAt: new Date() });
    expect((await create({ slug: other, organisationId: gone.id })).code).toBe("Conflict");
  });

  it("are changed one version at a time, and known by their new secret from then on", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const { identity } = server().staff;
    const somebody = know({ email: addressAt(company) });
    const wrong = await identity.updateProvider.mutate({
      id: provider.id,
      version: 1,
      clientSecret: "not the secret",
      name: "Renamed",
      ...key(),
    });
    expect(wrong).toMatchObject({ name: "Renamed", version: 2 });
    expect(await codeOf(signInAt(browse(), provider, somebody))).toBe("SignInFailed");
    const { clientSecret } = idp;
    const stale = { id: provider.id, version: 1, clientSecret, ...key() };
    expect(await refusal(identity.updateProvider.mutate(stale))).toMatchObject({
      data: { reason: "changed_meanwhile" },
    });
    await identity.updateProvider.mutate({ id: provider.id, version: 2, clientSecret, ...key() });
    expect((await signInAt(browse(), provider, somebody)).state).toBe("signed_in");
  });

  it("let nobody in while they are disabled, on the way as well", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const somebody = know({ email: addressAt(company) });
    const browser = browse();
    const returned = await idp.signIn(await begin(browser, provider.slug), somebody.subject);
    const { identity } = server().staff;
    await identity.disableProvider.mutate({ id: provider.id, version: 1, ...key() });
    expect(await codeOf(begin(browse(), provider.slug))).toBe("NotFound");
    expect(await codeOf(finish(browser, returned))).toBe("LinkNotUsable");
    await identity.enableProvider.mutate({ id: provider.id, version: 2, ...key() });
    expect((await signInAt(browser, provider, somebody)).state).toBe("signed_in");
    await server()
      .db.update(organisation)
      .set({ archivedAt: new Date() })
      .where(eq(organisation.id, company.id));
    expect(await codeOf(begin(browse(), provider.slug))).toBe("NotFound");
  });

  it("go with all that they knew, and whom they knew is told", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    await server().staff.identity.removeProvider.mutate({
      id: provider.id,
      version: 1,
      ...key(),
    });
    expect(await identitiesOf(member.id)).toEqual([]);
    expect(await queuedMails(server().db, member.id)).toContain("factors_changed");
    expect(await codeOf(begin(browse(), provider.slug))).toBe("NotFound");
  });

  it("are changed by administrators who have just shown who they are, and by nobody else", async () => {
    const provider = await addProvider();
    const change = { id: provider.id, version: 1, ...key() };
    const boss = await createPerson(server(), {}, [{ role: "administrator" }]);
    const browser = await signedIn(server(), boss);
    await showSecondFactor(server(), browser);
    await forgetConfirmation(boss.id);
    const { identity } = browser.client;
    expect(await codeOf(identity.disableProvider.mutate(change))).toBe("ConfirmationRequired");
    const sales = await signedIn(server(), await createPerson(server(), {}, [{ role: "sales" }]));
    await showSecondFactor(server(), sales);
    expect(await codeOf(sales.client.identity.disableProvider.mutate(change))).toBe("Forbidden");
    expect(await codeOf(sales.client.identity.listProviders.query({}))).toBe("Forbidden");
  });
});

async function forgetConfirmation(personId: string): Promise<void> {
  await server()
    .db.update(authSession)
    .set({ confirmedAt: new Date(Date.now() - 3_600_000) })
    .where(eq(authSession.personId, personId));
}

describe("the options", () => {
  const optionsOf = async (input: { email?: string; slug?: string }) =>
    (await server().client.identity.options.query(input)).items.map(({ slug }) => slug);

  it("are those of the company whose domain it is, whoever has the address", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const somebody = await createPerson(server(), { email: addressAt(company) });
    expect(await optionsOf({ email: somebody.email })).toEqual([provider.slug]);
    expect(await optionsOf({ email: `nobody@${company.domain.toUpperCase()}` })).toEqual([
      provider.slug,
    ]);
    expect(await optionsOf({ slug: provider.slug })).toEqual([provider.slug]);
  });

  it("are those of staff for everybody else, and for domains that nobody has shown to be theirs", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const claimed = `claimed.${company.domain}`;
    await addDomain(company.id, claimed, false);
    const forStaff = await addProvider();
    for (const email of [`ada@${claimed}`, "ada@gmail.example", `ada@x.${company.domain}`]) {
      const found = await optionsOf({ email });
      expect(found).not.toContain(provider.slug);
      expect(found).toContain(forStaff.slug);
    }
    expect(await optionsOf({ slug: "no-such-provider" })).toEqual([]);
  });
});

describe("signing in", () => {
  it("goes to the provider and back, and makes an account of one of the company's people", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const somebody = know({ email: addressAt(company) });
    const browser = browse();
    const url = await begin(browser, provider.slug, "/courses?page=2");
    const { searchParams } = new URL(url);
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("redirect_uri")).toBe(provider.redirectUri);
    const cookie = browser.setCookies.find((line) => line.startsWith("lectern_openid="));
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Lax/u);
    expect(cookie).toMatch(/Max-Age=600/u);

    const returned = await idp.signIn(url, somebody.subject);
    expect(await finish(browser, returned)).toEqual({
      state: "signed_in",
      returnTo: "/courses?page=2",
    });
    const me = await meOf(browser);
    expect(me).toMatchObject({
      name: "Ada Lovelace",
      email: somebody.email,
      roles: [{ role: "learner", organisation: { id: company.id } }],
      hasSecondFactor: false,
    });
    expect((await accountOf(somebody.email))?.emailVerifiedAt).toBeInstanceOf(Date);
    const { items } = await browser.client.account.sessions.query();
    expect(items).toMatchObject([{ method: "openid", isThisOne: true }]);

    const elsewhere = browse();
    expect((await signInAt(elsewhere, provider, somebody)).state).toBe("signed_in");
    expect((await meOf(elsewhere))?.id).toBe(me?.id);
    expect(await identitiesOf(me?.id ?? "")).toHaveLength(1);
    const actions = await server()
      .db.select({ action: auditEntry.action })
      .from(auditEntry)
      .where(sql`${auditEntry.after} ->> 'personId' = ${me?.id}`);
    expect(actions.map(({ action }) => action).toSorted()).toEqual([
      "external_identity.link",
      "organisation.join",
    ]);
  });

  it("knows somebody by their subject, whatever becomes of their address", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const { subject, id } = await createMember(provider, company);
    idp.accounts.set(subject, { email: "other@elsewhere.example", email_verified: true });
    const browser = browse();
    expect((await signInAt(browser, provider, { subject })).state).toBe("signed_in");
    expect((await meOf(browser))?.id).toBe(id);
  });

  it("takes what the provider tells in its tokens, too", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company, at: tellingIdp });
    const somebody = know({ email: addressAt(company) }, tellingIdp);
    const before = tellingIdp.requests.length;
    const answer = await signInAt(browse(), provider, somebody, tellingIdp);
    expect(answer.state).toBe("signed_in");
    expect(tellingIdp.requests.slice(before)).not.toContain("GET /me");
  });

  it("makes one account of somebody who comes from ten browsers at once for the first time", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const somebody = know({ email: addressAt(company) });
    const ways = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const browser = browse();
        const returned = await idp.signIn(await begin(browser, provider.slug), somebody.subject);
        return { browser, returned };
      }),
    );
    const answers = await Promise.all(ways.map((way) => finish(way.browser, way.returned)));
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(["signed_in"]));
    const account = await accountOf(somebody.email);
    expect(await identitiesOf(account?.id ?? "")).toHaveLength(1);
  });

  it("ends the session that the browser had, and begins one of its own", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    const browser = await signedIn(server(), await createPerson(server()));
    const before = browser.cookies.get("lectern_session");
    expect((await signInAt(browser, provider, member)).state).toBe("signed_in");
    expect(browser.cookies.get("lectern_session")).not.toBe(before);
    const old = openBrowser({
      url: server().url,
      cookies: new Map([["lectern_session", before ?? ""]]),
    });
    expect(await meOf(old)).toBeNull();
  });

  it.each([
    ["/account/bookings", "/account/bookings"],
    ["https://evil.example", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/..//evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["", "/"],
  ])("that began with %j leads to %s", async (wanted, path) => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    const browser = browse();
    const url = await begin(browser, provider.slug, wanted);
    expect(await finish(browser, await idp.signIn(url, member.subject))).toMatchObject({
      state: "signed_in",
      returnTo: path,
    });
  });
});

describe("the way back", () => {
  async function onTheWay() {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    const browser = browse();
    const url = await begin(browser, provider.slug);
    return { provider, member, browser, url };
  }

  it("is good for one of 50 who come with it at once", async () => {
    const { browser, url, member } = await onTheWay();
    const returned = await idp.signIn(url, member.subject);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => finish(browser, returned)),
    );
    const won = outcomes.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    const codes = outcomes.flatMap((one) =>
      one.status === "rejected" && isLecternError(one.reason) ? [one.reason.code] : [],
    );
    expect(codes).toEqual(Array.from({ length: 49 }, () => "LinkNotUsable"));
    const sessions = await server().db.$count(authSession, eq(authSession.personId, member.id));
    expect(sessions).toBe(1);
    expect(await codeOf(finish(browser, returned))).toBe("LinkNotUsable");
  });

  it("is not good in another browser, and stays good in the one that began", async () => {
    const { browser, url, member } = await onTheWay();
    const returned = await idp.signIn(url, member.subject);
    const other = browse();
    expect(await codeOf(finish(other, returned))).toBe("LinkNotUsable");
    // One that is on a way of its own is another all the same.
    await begin(other, (await addProvider()).slug);
    expect(await codeOf(finish(other, returned))).toBe("LinkNotUsable");
    expect(await meOf(other)).toBeNull();
    expect((await finish(browser, returned)).state).toBe("signed_in");
  });

  it("can be on its way in two windows of a browser", async () => {
    const { browser, provider, url, member } = await onTheWay();
    const second = await begin(browser, provider.slug, "/second");
    const returned = await idp.signIn(url, member.subject);
    expect((await finish(browser, returned)).state).toBe("signed_in");
    const answer = await finish(browser, await idp.signIn(second, member.subject));
    expect(answer).toMatchObject({ state: "signed_in", returnTo: "/second" });
  });

  it("is not good with another state, nor too late", async () => {
    const { browser, url, member } = await onTheWay();
    const returned = await idp.signIn(url, member.subject);
    const [id = "", proof = ""] = returned.state.split(".");
    const flipped = `${proof.startsWith("A") ? "B" : "A"}${proof.slice(1)}`;
    for (const state of [
      "x",
      id,
      `${id}.${flipped}`,
      `${uuidv7()}.${proof}`,
      `${returned.state}x`,
      `${returned.state}\n`,
    ]) {
      expect(await codeOf(finish(browser, { ...returned, state }))).toBe("LinkNotUsable");
    }
    await server()
      .db.update(oneTimeToken)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(oneTimeToken.id, id));
    expect(await codeOf(finish(browser, returned))).toBe("LinkNotUsable");
  });

  it("is not good as another kind of one-time token, nor is another kind as it", async () => {
    const { browser, url } = await onTheWay();
    const state = new URL(url).searchParams.get("state") ?? "";
    const [id = "", proof = ""] = state.split(".");
    const step = { id, key: proof };
    const link = browser.client.identity.link.mutate({ step, password: PASSWORD, ...key() });
    expect(await codeOf(link)).toBe("LinkNotUsable");
  });

  interface Meddling {
    readonly url?: (url: URL) => void;
    readonly returned?: (returned: Returned) => Returned | Promise<Returned>;
    readonly forge?: Forgery;
  }

  /** Walks the way with something changed on it. @returns what became of it */
  async function meddled(meddling: Meddling) {
    const { browser, provider, url, member } = await onTheWay();
    const way = new URL(url);
    meddling.url?.(way);
    const returned = await idp.signIn(way.href, member.subject);
    const changed = (await meddling.returned?.(returned)) ?? returned;
    idp.forge = meddling.forge;
    return {
      refused: await refusal(finish(browser, changed)),
      me: await meOf(browser),
      sessions: await server().db.$count(authSession, eq(authSession.personId, member.id)),
      noted: await refusalsOf(provider.id),
    };
  }
  const NOBODY_LET_IN = {
    refused: { code: "SignInFailed", data: { reason: "wrong" } },
    me: null,
    sessions: 0,
    noted: ["token"],
  };

  it.each<[string, Meddling]>([
    ["another nonce", { url: ({ searchParams }) => searchParams.set("nonce", "another") }],
    [
      "another code challenge",
      { url: ({ searchParams }) => searchParams.set("code_challenge", "x".repeat(43)) },
    ],
    ["a code that was never given", { returned: (one) => ({ ...one, code: "invented" }) }],
    [
      "a code of somebody else's way",
      {
        returned: async (one) => {
          const other = await onTheWay();
          return { ...one, code: (await idp.signIn(other.url, other.member.subject)).code };
        },
      },
    ],
    ["another issuer", { returned: (one) => ({ ...one, iss: "https://other.example" }) }],
    ["an issuer that does not say who it is", { returned: (one) => ({ ...one, iss: undefined }) }],
  ])("is refused with %s", async (_words, meddling) => {
    expect(await meddled(meddling)).toEqual(NOBODY_LET_IN);
  });

  const AN_HOUR_AGO = Math.floor(Date.now() / 1000) - 3600;
  it.each<[string, Forgery]>([
    ["that names somebody else, with the signature of before", { claims: { sub: "somebody" } }],
    ["that another key signed", { key: "other" }],
    ["that nobody signed", { key: "none" }],
    ["for another client", { claims: { aud: "another-client" }, key: "own" }],
    ["of another issuer", { claims: { iss: "https://other.example" }, key: "own" }],
    ["with another nonce", { claims: { nonce: "another" }, key: "own" }],
    ["that is over", { claims: { exp: AN_HOUR_AGO }, key: "own" }],
    ["without a subject", { claims: { sub: undefined }, key: "own" }],
    ["of somebody else than who is told of", { claims: { sub: "somebody" }, key: "own" }],
  ])("is refused with an ID token %s", async (_words, forge) => {
    expect(await meddled({ forge })).toEqual(NOBODY_LET_IN);
  });

  it("is not refused for a token that is only signed anew, so that the others are for their reason", async () => {
    const { browser, url, member } = await onTheWay();
    const returned = await idp.signIn(url, member.subject);
    idp.forge = { key: "own" };
    expect((await finish(browser, returned)).state).toBe("signed_in");
  });
});

describe("an answer of one provider that comes in the place of another's", () => {
  const detailsOf = async (providerId: string) =>
    (
      await server()
        .db.select({ after: auditEntry.after })
        .from(auditEntry)
        .where(sql`${auditEntry.after} ->> 'providerId' = ${providerId}`)
    ).map(({ after }) => after);

  it("is shown to neither of them, also where the provider does not say who it is", async () => {
    const company = await createCompany();
    const honest = await addProvider({ company });
    const member = await createMember(honest, company);
    const evil = await addProvider({ company: await createCompany(), at: tellingIdp });
    expect(evil.redirectUri).not.toBe(honest.redirectUri);
    const browser = browse();
    // Whoever runs the other provider sends on to the honest one, with the state of their own way.
    const ofEvil = new URL(await begin(browser, evil.slug));
    const toHonest = new URL(await begin(browser, honest.slug));
    toHonest.searchParams.set("state", ofEvil.searchParams.get("state") ?? "");
    const returned = await idp.signIn(toHonest.href, member.subject);
    expect(returned.provider).toBe(honest.slug);
    const before = [tellingIdp.requests.length, idp.requests.length] as const;
    const refused = await refusal(finish(browser, { ...returned, iss: undefined }));
    expect(refused).toEqual({ code: "SignInFailed", data: { reason: "wrong" } });
    expect(tellingIdp.requests.slice(before[0])).toEqual([]);
    expect(idp.requests.slice(before[1])).toEqual([]);
    expect(await meOf(browser)).toBeNull();
    expect(await detailsOf(evil.id)).toContainEqual(
      expect.objectContaining({ reason: "token", detail: "mixed_up" }),
    );
  });

  it("can't be sent to another's address: the provider knows its own alone", async () => {
    const company = await createCompany();
    const [one, other] = [await addProvider({ company }), await addProvider({ company })];
    const member = await createMember(one, company);
    const browser = browse();
    const returned = await idp.signIn(await begin(browser, one.slug), member.subject);
    const moved = finish(browser, { ...returned, provider: other.slug });
    expect(await codeOf(moved)).toBe("SignInFailed");
    expect(await meOf(browser)).toBeNull();
  });
});

describe("a provider of which more is expected", () => {
  const MFA = "https://refeds.org/profile/mfa";
  const now = () => Math.floor(Date.now() / 1000);

  async function expecting(expected: Omit<ProviderOptions, "company">) {
    const company = await createCompany();
    const provider = await addProvider({ company, ...expected });
    return { provider, member: await createMember(provider, company) };
  }

  it("is asked for it, and lets in who signed in there so, and just now", async () => {
    const { provider, member } = await expecting({
      acrValues: [MFA, "other"],
      amrValues: ["mfa", "hwk"],
      maxAgeSeconds: 300,
    });
    expect(provider).toMatchObject({ acrValues: [MFA, "other"], maxAgeSeconds: 300 });
    const browser = browse();
    const url = await begin(browser, provider.slug);
    const { searchParams } = new URL(url);
    expect(searchParams.get("acr_values")).toBe(`${MFA} other`);
    expect(searchParams.get("max_age")).toBe("300");
    const returned = await idp.signIn(url, member.subject);
    idp.forge = { key: "own", claims: { acr: MFA, amr: ["pwd", "mfa"], auth_time: now() - 299 } };
    expect((await finish(browser, returned)).state).toBe("signed_in");
  });

  it("says itself when that was, and is not asked for what nobody expects", async () => {
    const { provider, member } = await expecting({ maxAgeSeconds: 300 });
    expect((await signInAt(browse(), provider, member)).state).toBe("signed_in");
    const { provider: plain } = await expecting({});
    const { searchParams } = new URL(await begin(browse(), plain.slug));
    expect(searchParams.get("acr_values")).toBe(null);
    expect(searchParams.get("max_age")).toBe(null);
  });

  it.each<[string, Omit<ProviderOptions, "company">, Record<string, unknown>, string]>([
    ["nothing of how", { acrValues: [MFA] }, {}, "acr"],
    ["another way", { acrValues: [MFA] }, { acr: "password" }, "acr"],
    ["several ways in one word", { acrValues: [MFA] }, { acr: [MFA] }, "acr"],
    ["nothing of by what", { amrValues: ["mfa"] }, {}, "amr"],
    ["a password alone", { amrValues: ["mfa"] }, { amr: ["pwd"] }, "amr"],
    ["a list that is none", { amrValues: ["mfa"] }, { amr: "mfa" }, "amr"],
    ["nothing of when", { maxAgeSeconds: 300 }, { auth_time: undefined }, "OAUTH_INVALID_RESPONSE"],
    [
      "that it was long ago",
      { maxAgeSeconds: 300 },
      { auth_time: now() - 3600 },
      "OAUTH_JWT_TIMESTAMP_CHECK_FAILED",
    ],
  ])("lets nobody in when it says %s", async (_words, expected, claims, detail) => {
    const { provider, member } = await expecting(expected);
    const browser = browse();
    // Who takes the question out of the address gets no further: what counts is the answer.
    const way = new URL(await begin(browser, provider.slug));
    way.searchParams.delete("acr_values");
    way.searchParams.delete("max_age");
    const returned = await idp.signIn(way.href, member.subject);
    idp.forge = { key: "own", claims };
    expect(await refusal(finish(browser, returned))).toEqual({
      code: "SignInFailed",
      data: { reason: "wrong" },
    });
    expect(await meOf(browser)).toBeNull();
    const [{ after } = { after: null }] = await server()
      .db.select({ after: auditEntry.after })
      .from(auditEntry)
      .where(sql`${auditEntry.after} ->> 'providerId' = ${provider.id}`);
    expect(after).toMatchObject({ reason: "token", detail });
  });

  it("is expected no more of, and no less, by who changes something else", async () => {
    const { provider } = await expecting({ acrValues: [MFA], maxAgeSeconds: 300 });
    const { updateProvider } = server().staff.identity;
    const same = await updateProvider.mutate({ id: provider.id, version: 1, name: "N", ...key() });
    expect(same).toMatchObject({ acrValues: [MFA], amrValues: [], maxAgeSeconds: 300 });
    const none = { id: provider.id, version: 2, acrValues: [], maxAgeSeconds: null, ...key() };
    expect(await updateProvider.mutate(none)).toMatchObject({ acrValues: [], maxAgeSeconds: null });
  });
});

describe("who does not belong here", () => {
  it.each([[false], ["true"], [1], [null]])(
    "is refused with an address that is verified: %j",
    async (email_verified) => {
      const company = await createCompany();
      const provider = await addProvider({ company });
      const somebody = know({ email: addressAt(company), email_verified });
      expect(await codeOf(signInAt(browse(), provider, somebody))).toBe("SignInFailed");
      expect(await accountOf(somebody.email)).toBeUndefined();
      expect(await refusalsOf(provider.id)).toEqual(["unverified_email"]);
    },
  );

  it("is refused with an address outside of the company's domains, whether it has an account or not", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    await addDomain(company.id, `claimed.${company.domain}`, false);
    const other = await createCompany();
    const customer = await createPerson(server());
    const strangers = [
      `ada@claimed.${company.domain}`,
      `ada@sub.${company.domain}`,
      `ada@not${company.domain}`,
      addressAt(other),
    ];
    const refusals = [];
    for (const email of [...strangers, customer.email]) {
      refusals.push(await refusal(signInAt(browse(), provider, know({ email }))));
    }
    for (const email of strangers) expect(await accountOf(email)).toBeUndefined();
    expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(refusals[0]).toEqual({ code: "SignInFailed", data: { reason: "wrong" } });
    expect(await identitiesOf(customer.id)).toEqual([]);
  });

  it("is refused who is suspended, also before a second factor is asked for", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    await addTotp(member);
    await server()
      .db.update(person)
      .set({ suspendedAt: new Date() })
      .where(eq(person.id, member.id));
    const browser = browse();
    expect(await refusal(signInAt(browser, provider, member))).toEqual({
      code: "SignInFailed",
      data: { reason: "suspended" },
    });
    expect(await meOf(browser)).toBeNull();
  });

  it("is refused who has left the company: it has no say about their account any more", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    await server().db.delete(roleAssignment).where(eq(roleAssignment.personId, member.id));
    expect(await codeOf(signInAt(browse(), provider, member))).toBe("SignInFailed");
    expect(await refusalsOf(provider.id)).toEqual(["not_a_member"]);
  });
});

describe("staff", () => {
  async function invite(email: string, data: Record<string, unknown>): Promise<string> {
    const id = uuidv7();
    const invitation = { name: "Invited", organisationId: null, country: null, inviterId: null };
    await server()
      .db.insert(oneTimeToken)
      .values({
        id,
        kind: "invitation",
        email,
        data: { ...invitation, language: "de", ...data },
        expiresAt: new Date(Date.now() + 60_000),
      });
    return id;
  }

  it("get no account but by an invitation of staff", async () => {
    const provider = await addProvider();
    const company = await createCompany();
    const somebody = know({ email: `staff.${uuidv7()}@academy.example` });
    expect(await codeOf(signInAt(browse(), provider, somebody))).toBe("SignInFailed");
    await invite(somebody.email, { role: "company_manager", organisationId: company.id });
    expect(await codeOf(signInAt(browse(), provider, somebody))).toBe("SignInFailed");
    expect(await accountOf(somebody.email)).toBeUndefined();
    expect(await refusalsOf(provider.id)).toEqual(["not_invited", "not_invited"]);

    const id = await invite(somebody.email.toUpperCase(), { role: "sales", country: "DE" });
    const browser = browse();
    expect((await signInAt(browser, provider, somebody)).state).toBe("signed_in");
    expect(await meOf(browser)).toMatchObject({
      roles: [{ role: "sales", organisation: null, country: "DE" }],
      mustSetUpSecondFactor: true,
    });
    const [used] = await server().db.select().from(oneTimeToken).where(eq(oneTimeToken.id, id));
    expect(used?.usedAt).toBeInstanceOf(Date);
    expect((await accountOf(somebody.email))?.language).toBe("de");
  });

  it("need no second factor of their own where the academy's provider asks for one", async () => {
    const provider = await addProvider({ asksSecondFactor: true });
    const somebody = know({ email: `staff.${uuidv7()}@academy.example` });
    await invite(somebody.email, { role: "administrator" });
    const browser = browse();
    expect((await signInAt(browser, provider, somebody)).state).toBe("signed_in");
    expect(await meOf(browser)).toMatchObject({
      hasSecondFactor: true,
      mustSetUpSecondFactor: false,
      mustShowSecondFactor: false,
    });
  });

  it("need one where it is a company's provider that says that it asks", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company, asksSecondFactor: true });
    const member = await createMember(provider, company, [{ role: "administrator" }]);
    const browser = browse();
    expect((await signInAt(browser, provider, member)).state).toBe("signed_in");
    expect(await meOf(browser)).toMatchObject({
      hasSecondFactor: false,
      mustSetUpSecondFactor: true,
      permissions: [],
    });
  });
});

describe("the second factor", () => {
  it("is asked for where somebody has one and the provider asks for none", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    await addTotp(member);
    const browser = browse();
    expect(await signInAt(browser, provider, member)).toMatchObject({
      state: "second_factor",
      factors: ["totp"],
      returnTo: "/account",
    });
    expect(await meOf(browser)).toBeNull();
  });

  it("is not asked for once more where the provider has asked", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company, asksSecondFactor: true });
    const member = await createMember(provider, company);
    await addTotp(member);
    const browser = browse();
    expect((await signInAt(browser, provider, member)).state).toBe("signed_in");
    expect((await meOf(browser))?.hasSecondFactor).toBe(true);
  });
});

describe("an account that was there before", () => {
  async function withAccount() {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const account = await createPerson(server(), { email: addressAt(company) });
    // However the provider writes the address.
    const somebody = know({ email: account.email.toUpperCase() });
    return { company, provider, account, somebody };
  }
  type LinkInput = Parameters<TestBrowser["client"]["identity"]["link"]["mutate"]>[0];
  const link = ({ client }: TestBrowser, step: LinkInput["step"], word = PASSWORD) =>
    client.identity.link.mutate({ step, password: word, ...key() });
  const linkOwn = ({ client }: TestBrowser, step: LinkInput["step"]) =>
    client.identity.linkOwn.mutate({ step, ...key() });

  it("is linked by its password, and its owner is told", async () => {
    const { company, provider, account, somebody } = await withAccount();
    const browser = browse();
    const needed = await linkNeeded(browser, provider, somebody);
    expect(needed).toMatchObject({
      provider: { slug: provider.slug },
      email: account.email,
      byPassword: true,
      returnTo: "/account",
    });
    expect(await meOf(browser)).toBeNull();
    expect(await identitiesOf(account.id)).toEqual([]);

    expect(await codeOf(link(browser, needed.step, "not the password"))).toBe("SignInFailed");
    expect(await identitiesOf(account.id)).toEqual([]);
    expect(await link(browser, needed.step)).toEqual({ state: "signed_in" });
    expect(await meOf(browser)).toMatchObject({
      id: account.id,
      roles: [{ role: "learner", organisation: { id: company.id } }],
    });
    expect(await queuedMails(server().db, account.id)).toContain("factors_changed");
    expect(await codeOf(link(browser, needed.step))).toBe("LinkNotUsable");
    expect((await signInAt(browse(), provider, somebody)).state).toBe("signed_in");
  });

  it("is not linked without a proof, whatever the provider says", async () => {
    const { provider, account, somebody } = await withAccount();
    const { step } = await linkNeeded(browse(), provider, somebody);
    const wrong = { ...step, key: "A".repeat(43) };
    expect(await codeOf(link(browse(), wrong))).toBe("LinkNotUsable");
    expect(await codeOf(linkOwn(browse(), step))).toBe("Unauthenticated");
    const other = await signedIn(server(), await createPerson(server()));
    expect(await codeOf(linkOwn(other, step))).toBe("LinkNotUsable");
    const owner = await signedIn(server(), account);
    await forgetConfirmation(account.id);
    expect(await codeOf(linkOwn(owner, step))).toBe("ConfirmationRequired");
    expect(await identitiesOf(account.id)).toEqual([]);
    // Still the password alone is missing.
    await owner.client.account.confirm.mutate({ password: PASSWORD, ...key() });
    expect(await linkOwn(owner, step)).toEqual({ done: true });
    expect(await identitiesOf(account.id)).toHaveLength(1);
  });

  it("is linked once, by one of 50 at once", async () => {
    const { provider, account, somebody } = await withAccount();
    const owner = await signedIn(server(), account);
    const { step } = await linkNeeded(browse(), provider, somebody);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => linkOwn(owner, step)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await identitiesOf(account.id)).toHaveLength(1);
  });

  it("can't be guessed at by its password: after five it has to be begun again", async () => {
    const { provider, account, somebody } = await withAccount();
    const browser = browse();
    const { step } = await linkNeeded(browser, provider, somebody);
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await codeOf(link(browser, step, `guess ${guess}`))).toBe("SignInFailed");
    }
    expect(await codeOf(link(browser, step))).toBe("LinkNotUsable");
    expect(await identitiesOf(account.id)).toEqual([]);
  });

  it("that has a second factor is linked by who has shown it, and not by the password alone", async () => {
    const { provider, account, somebody } = await withAccount();
    const owner = await signedIn(server(), account);
    await addTotp(account);
    const browser = browse();
    const needed = await linkNeeded(browser, provider, somebody);
    expect(needed.byPassword).toBe(false);
    expect(await refusal(link(browser, needed.step))).toEqual({
      code: "SecondFactorRequired",
      data: { isEnrolled: true },
    });
    expect(await identitiesOf(account.id)).toEqual([]);
    await showSecondFactor(server(), owner);
    expect(await linkOwn(owner, needed.step)).toEqual({ done: true });
  });

  it("is not linked to somebody whom the provider knows as another's owner meanwhile", async () => {
    const { company, provider, account, somebody } = await withAccount();
    const browser = browse();
    const { step } = await linkNeeded(browser, provider, somebody);
    const other = await createMember(provider, company);
    await linkTo(provider.id, somebody, other.id);
    expect(await codeOf(link(browser, step))).toBe("Conflict");
    expect(await identitiesOf(account.id)).toEqual([]);
  });

  it("that is suspended is not linked", async () => {
    const { provider, account, somebody } = await withAccount();
    await server()
      .db.update(person)
      .set({ suspendedAt: new Date() })
      .where(eq(person.id, account.id));
    expect(await refusal(signInAt(browse(), provider, somebody))).toMatchObject({
      data: { reason: "suspended" },
    });
  });
});

describe("what is linked", () => {
  const unlink = ({ client }: TestBrowser, id: string) =>
    client.identity.unlink.mutate({ id, ...key() });

  it("is told to its owner, and taken away by them alone", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    const browser = await signedIn(server(), member);
    const { items } = await browser.client.identity.linked.query();
    expect(items).toMatchObject([{ provider: { slug: provider.slug, isEnabled: true } }]);
    const id = items[0]?.id ?? "";
    const other = await signedIn(server(), await createPerson(server()));
    expect(await other.client.identity.linked.query()).toEqual({ items: [] });
    expect(await codeOf(unlink(other, id))).toBe("NotFound");
    await forgetConfirmation(member.id);
    expect(await codeOf(unlink(browser, id))).toBe("ConfirmationRequired");
    await browser.client.account.confirm.mutate({ password: PASSWORD, ...key() });
    expect(await unlink(browser, id)).toEqual({ done: true });
    expect(await queuedMails(server().db, member.id)).toContain("factors_changed");
    expect(await codeOf(unlink(browser, id))).toBe("NotFound");
    // They are no stranger for it: the provider has to be linked anew.
    expect((await signInAt(browse(), provider, member)).state).toBe("link_needed");
  });

  it("stays where it is the only way to sign in", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const disabled = await addProvider({ company });
    const member = await createMember(provider, company);
    await linkTo(disabled.id, member, member.id);
    await server().staff.identity.disableProvider.mutate({
      id: disabled.id,
      version: 1,
      ...key(),
    });
    const browser = await signedIn(server(), member);
    const { db } = server();
    await db.delete(password).where(eq(password.personId, member.id));
    const id = (await identitiesOf(member.id)).find((one) => one.providerId === provider.id)?.id;
    expect(await refusal(unlink(browser, id ?? ""))).toMatchObject({
      code: "Conflict",
      data: { reason: "last_one" },
    });
    expect(await identitiesOf(member.id)).toHaveLength(2);
    await db.insert(passkey).values({
      id: uuidv7(),
      personId: member.id,
      name: "Key",
      credentialId: uuidv7(),
      publicKey: new Uint8Array([1]),
      counter: 0,
      transports: [],
      isBackedUp: false,
    });
    expect(await unlink(browser, id ?? "")).toEqual({ done: true });
  });

  it("stays for one of two that are taken away at once", async () => {
    const company = await createCompany();
    const [one, two] = [await addProvider({ company }), await addProvider({ company })];
    const member = await createMember(one, company);
    await linkTo(two.id, member, member.id);
    const browser = await signedIn(server(), member);
    await server().db.delete(password).where(eq(password.personId, member.id));
    const ids = (await identitiesOf(member.id)).map(({ id }) => id);
    const outcomes = await Promise.allSettled(ids.map((id) => unlink(browser, id)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await identitiesOf(member.id)).toHaveLength(1);
  });
});

describe("a provider that is down", () => {
  it("is told as what it is, on the way there and back, and is no fault of ours", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    const browser = browse();
    idp.isDown = true;
    const unreachable = { code: "ProviderUnreachable", data: { name: provider.name } };
    expect(await refusal(begin(browser, provider.slug))).toEqual(unreachable);
    idp.isDown = false;
    const returned = await idp.signIn(await begin(browser, provider.slug), member.subject);
    idp.isDown = true;
    expect(await refusal(finish(browser, returned))).toEqual(unreachable);
    expect(await meOf(browser)).toBeNull();
    idp.isDown = false;
    expect((await signInAt(browser, provider, member)).state).toBe("signed_in");
  });
});

describe("secrets", () => {
  const Dump = z.array(z.object({ name: z.string() }));

  async function dump(): Promise<string> {
    const { db } = server();
    const { rows } = await db.execute(sql`
      SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname IN ('public', 'pgboss')`);
    const texts = [];
    for (const { name } of Dump.parse(rows)) {
      // The names come from the catalogue of PostgreSQL, quoted by it.
      const found = await db.execute(
        sql`SELECT query_to_xml(${`SELECT * FROM ${name}`}, true, false, '')::text AS text`,
      );
      texts.push(JSON.stringify(found.rows));
    }
    return texts.join("\n");
  }

  it("are neither in the log nor, as they are, in the database", async () => {
    const company = await createCompany();
    const provider = await addProvider({ company });
    const member = await createMember(provider, company);
    const account = await createPerson(server(), { email: addressAt(company) });
    const browser = browse();
    const url = await begin(browser, provider.slug);
    const pending = new URL(await begin(browse(), provider.slug)).searchParams;
    const returned = await idp.signIn(url, member.subject);
    await finish(browser, returned);
    const needed = await linkNeeded(browse(), provider, know({ email: account.email }));
    const everything = `${await dump()}\n${server().log()}`;
    expect(everything).toContain(member.id);
    const secrets = {
      clientSecret: idp.clientSecret,
      code: returned.code,
      state: returned.state,
      stateKey: returned.state.split(".")[1],
      pendingKey: pending.get("state")?.split(".")[1],
      nonce: new URL(url).searchParams.get("nonce"),
      pendingNonce: pending.get("nonce"),
      browser: browser.cookies.get("lectern_openid"),
      session: browser.cookies.get("lectern_session"),
      link: needed.step.key,
    };
    for (const [name, secret] of Object.entries(secrets)) {
      expect([name, secret]).toEqual([name, expect.stringMatching(/\S{20,}/u)]);
      expect([name, everything.includes(secret ?? "")]).toEqual([name, false]);
    }
    expect(server().log()).not.toContain(member.email);
  });

  it("are encrypted while somebody is on the way, for that way alone", async () => {
    const provider = await addProvider();
    const urls = [await begin(browse(), provider.slug), await begin(browse(), provider.slug)];
    const ids = urls.map((url) => new URL(url).searchParams.get("state")?.split(".")[0] ?? "");
    const rows = await server().db.select().from(oneTimeToken).where(inArray(oneTimeToken.id, ids));
    const Kept = z.object({ secrets: z.string().regex(/^e1:/u), browser: z.string() });
    const [first, second] = rows.map(({ id, data }) => ({ id, ...Kept.parse(data) }));
    if (first === undefined || second === undefined) throw new Error("They were not kept");
    const place = { table: "one_time_token", column: "data" };
    const open = (id: string) => server().fields.decrypt({ ...place, id }, first.secrets);
    expect(await open(first.id)).toContain("verifier");
    await expect(open(second.id)).rejects.toThrow(/./u);
  });
});

describe("the log", () => {
  it("has no mistake of ours in it, after all this", () => {
    const failed = server()
      .log()
      .split("\n")
      .filter((line) => /"status":5\d\d|"level":50/u.test(line));
    expect(failed).toEqual([]);
  });
});
