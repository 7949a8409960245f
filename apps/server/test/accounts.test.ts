import { booking, waitlistEntry } from "@lectern/database/schema/bookings";
import { createTestBooking, queueTestParty } from "@lectern/api/testing/registrations";
import { createTestRun } from "@lectern/api/testing/factories";
import { issueFirstAdministratorLink } from "@lectern/api/features/people/accounts/first-administrator";
import { oneTimeKey } from "@lectern/auth/one-time";
import { isLecternError } from "@lectern/client";
import {
  authSession,
  person,
  roleAssignment,
  totpCredential,
} from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import {
  PASSWORD,
  createPerson,
  key,
  newestLink,
  showSecondFactor,
  signedIn,
} from "./support/people.ts";
import { type TestBrowser, openBrowser } from "./support/test-browser.ts";
import { useTestServer } from "./support/test-server.ts";

/** Accounts, through HTTP and the real client, as browsers use them. */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });
const browse = () => openBrowser({ url: server().url });

function newAddress(): string {
  return `ada.${uuidv7()}@example.com`;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (isLecternError(error)) return error.code;
    throw error;
  }
  return "none";
}

async function meOf({ client }: TestBrowser) {
  return (await client.account.me.query()).me;
}

const newcomer = (email: string) => ({
  name: "Ada Lovelace",
  email,
  password: PASSWORD,
  acceptsTerms: true as const,
  ...key(),
});

async function signUp(browser: TestBrowser, email: string) {
  await browser.client.account.signUp.mutate(newcomer(email));
  const proof = await newestLink(server(), "verify_email", email);
  return browser.client.account.finishSignUp.mutate({ proof, password: PASSWORD, ...key() });
}

describe("signing up", () => {
  it("makes an account of who has the mail and the password, and signs in", async () => {
    const browser = browse();
    const email = newAddress();
    await browser.client.account.signUp.mutate(newcomer(email));
    expect(await server().db.$count(person, eq(person.email, email))).toBe(0);
    expect(
      await codeOf(browse().client.account.signIn.mutate({ email, password: PASSWORD, ...key() })),
    ).toBe("SignInFailed");

    const proof = await newestLink(server(), "verify_email", email);
    const finish = (password: string) =>
      browser.client.account.finishSignUp.mutate({ proof, password, ...key() });
    expect(await codeOf(finish("another-password-0815"))).toBe("SignInFailed");
    expect(await finish(PASSWORD)).toEqual({ state: "signed_in" });
    expect(await meOf(browser)).toMatchObject({ name: "Ada Lovelace", email, roles: [] });
    expect(await codeOf(finish(PASSWORD))).toBe("LinkNotUsable");
  });

  it("can't be finished by 50 at once but by one", async () => {
    const email = newAddress();
    await browse().client.account.signUp.mutate(newcomer(email));
    const proof = await newestLink(server(), "verify_email", email);
    const codes = await Promise.all(
      Array.from({ length: 50 }, () =>
        codeOf(
          browse().client.account.finishSignUp.mutate({ proof, password: PASSWORD, ...key() }),
        ),
      ),
    );
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["none", "LinkNotUsable"]));
  });

  it("says the same for an address that has an account, whatever its letter case", async () => {
    const known = await createPerson(server());
    const answer = await browse().client.account.signUp.mutate(newcomer(known.email.toUpperCase()));
    expect(answer).toEqual({ done: true });
    const proof = await newestLink(server(), "verify_email", known.email);
    const { account } = browse().client;
    expect(await codeOf(account.finishSignUp.mutate({ proof, password: PASSWORD, ...key() }))).toBe(
      "LinkNotUsable",
    );
  });

  it("gives what was booked with the address before, whatever its letter case", async () => {
    const email = newAddress();
    const { db } = server();
    const run = await createTestRun(db);
    const { reference } = await createTestBooking(db, run.id, 2);
    await db
      .update(booking)
      .set({ bookerEmail: email.toUpperCase() })
      .where(eq(booking.reference, reference));
    const browser = browse();
    expect(await codeOf(browser.client.bookings.byReference.query({ reference }))).toBe("NotFound");
    await signUp(browser, email);
    const mine = await browser.client.bookings.byReference.query({ reference });
    expect(mine.reference).toBe(reference);
    const other = browse();
    await signUp(other, newAddress());
    expect(await codeOf(other.client.bookings.byReference.query({ reference }))).toBe("NotFound");
  });

  it.each(["password", "12345678", "lovelace-ada", "qwertyuiop"])(
    "refuses the password %s, with a reason, at its field",
    async (password) => {
      const { client } = browse();
      const refusal: unknown = await client.account.signUp
        .mutate({ ...newcomer(newAddress()), password })
        .catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: "Invalid", data: { issues: [{ path: "password" }] } });
    },
  );
});

describe("a session", () => {
  it("is kept in a cookie that no script reads and no other site sends", async () => {
    const browser = await signedIn(server(), await createPerson(server()));
    const [line] = browser.setCookies.filter((one) => one.startsWith("lectern_session="));
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/u);
    expect(line).not.toMatch(/domain/iu);
  });

  it("has a token of its own, whatever was there before", async () => {
    const victim = await createPerson(server());
    const attacker = await signedIn(server(), await createPerson(server()));
    const planted = attacker.cookies.get("lectern_session") ?? "";
    const browser = browse();
    browser.keep("lectern_session", planted);
    await browser.client.account.signIn.mutate({
      email: victim.email,
      password: PASSWORD,
      ...key(),
    });
    expect(browser.cookies.get("lectern_session")).not.toBe(planted);
    expect(await meOf(attacker)).toBeNull();
    expect(await meOf(browser)).toMatchObject({ id: victim.id });
  });

  it("is nobody's with a wrong secret, and is not ended by it", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    const [id = ""] = (browser.cookies.get("lectern_session") ?? "").split(".");
    const thief = browse();
    thief.keep("lectern_session", `${id}.${"A".repeat(43)}`);
    expect(await meOf(thief)).toBeNull();
    expect(await meOf(browser)).toMatchObject({ id: owner.id });
  });

  it("counts for requests of our own scripts alone", async () => {
    const browser = await signedIn(server(), await createPerson(server()));
    const ask = (headers: Record<string, string>) =>
      browser.fetch("/trpc/account.me", { headers }).then((response) => response.text());
    expect(await ask({ "x-lectern-client": "test" })).toContain("Grace Hopper");
    expect(await ask({})).not.toContain("Grace Hopper");
  });

  it("is listed with its device, can be ended from another, and everywhere", async () => {
    const owner = await createPerson(server());
    const [here, there, third] = [
      await signedIn(server(), owner),
      await signedIn(server(), owner),
      await signedIn(server(), owner),
    ];
    const { items } = await here.client.account.sessions.query();
    expect(items.map(({ device }) => device)).toEqual(Array(3).fill("Firefox on Linux"));
    expect(items.filter(({ isThisOne }) => isThisOne)).toHaveLength(1);
    const [thereId = ""] = (there.cookies.get("lectern_session") ?? "").split(".");
    await here.client.account.revokeSession.mutate({ id: thereId, ...key() });
    expect(await meOf(there)).toBeNull();
    expect(await meOf(third)).not.toBeNull();
    await here.client.account.signOutEverywhere.mutate(key());
    expect(await meOf(third)).toBeNull();
    expect(await meOf(here)).toBeNull();
    expect(here.cookies.has("lectern_session")).toBe(false);
  });

  it("of somebody else can't be ended", async () => {
    const other = await signedIn(server(), await createPerson(server()));
    const [id = ""] = (other.cookies.get("lectern_session") ?? "").split(".");
    const browser = await signedIn(server(), await createPerson(server()));
    expect(await codeOf(browser.client.account.revokeSession.mutate({ id, ...key() }))).toBe(
      "NotFound",
    );
    expect(await meOf(other)).not.toBeNull();
  });

  it("is over when it was not used for long, and at its end whatever its use, by the database's clock", async () => {
    const owner = await createPerson(server());
    for (const column of ["expires_at", "ends_at"] as const) {
      const browser = await signedIn(server(), owner);
      await server().db.execute(
        column === "expires_at"
          ? sql`UPDATE auth_session SET expires_at = clock_timestamp() - interval '1 second' WHERE person_id = ${owner.id}`
          : sql`UPDATE auth_session SET expires_at = clock_timestamp() - interval '1 second', ends_at = clock_timestamp() - interval '1 second' WHERE person_id = ${owner.id}`,
      );
      expect(await meOf(browser)).toBeNull();
    }
  });

  it("is not written to while it is fresh, and once an hour at most", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    const { db } = server();
    const seen = () =>
      db
        .select({ at: authSession.lastSeenAt, version: sql<string>`xmin::text` })
        .from(authSession)
        .where(eq(authSession.personId, owner.id));
    const before = await seen();
    for (let time = 0; time < 5; time += 1) await meOf(browser);
    expect(await seen()).toEqual(before);
    await db.execute(
      sql`UPDATE auth_session SET last_seen_at = last_seen_at - interval '2 hours' WHERE person_id = ${owner.id}`,
    );
    const stale = await seen();
    await Promise.all(Array.from({ length: 10 }, () => meOf(browser)));
    const touched = await seen();
    expect(touched[0]?.at.getTime()).toBeGreaterThan(stale[0]?.at.getTime() ?? 0);
    await meOf(browser);
    expect(await seen()).toEqual(touched);
  });

  it("ends at once when its owner is suspended", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    await server().staff.people.suspend.mutate({ id: owner.id, reason: "Fraud", ...key() });
    expect(await meOf(browser)).toBeNull();
    const refusal: unknown = await browse()
      .client.account.signIn.mutate({ email: owner.email, password: PASSWORD, ...key() })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "SignInFailed", data: { reason: "suspended" } });
    expect(
      await codeOf(
        browse().client.account.signIn.mutate({
          email: owner.email,
          password: "wrong-one-0815",
          ...key(),
        }),
      ),
    ).toBe("SignInFailed");
    await server().staff.people.restore.mutate({ id: owner.id, ...key() });
    expect(await meOf(await signedIn(server(), owner))).toMatchObject({ id: owner.id });
  });
});

describe("a password", () => {
  it("that is forgotten is set anew by who has the mail, once, and ends what is signed in", async () => {
    const owner = await createPerson(server());
    const old = await signedIn(server(), owner);
    await browse().client.account.forgotPassword.mutate({
      email: owner.email.toUpperCase(),
      ...key(),
    });
    const proof = await newestLink(server(), "reset_password", owner.email);
    const password = "another-good-one-99-walrus";
    const browsers = Array.from({ length: 50 }, browse);
    const codes = await Promise.all(
      browsers.map(({ client }) =>
        codeOf(client.account.resetPassword.mutate({ proof, password, ...key() })),
      ),
    );
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    // Or, on a busy machine, that too much is to be worked out at once.
    for (const code of codes) {
      expect(["none", "LinkNotUsable", "RateLimited", "Unavailable"]).toContain(code);
    }
    expect(await meOf(old)).toBeNull();
    expect(await codeOf(signedIn(server(), owner))).toBe("SignInFailed");
    const again = await browse().client.account.signIn.mutate({
      email: owner.email,
      password,
      ...key(),
    });
    expect(again).toEqual({ state: "signed_in" });
  });

  it("that is set anew is not the way past a second factor", async () => {
    const owner = await createPerson(server());
    await server()
      .db.insert(totpCredential)
      .values({ personId: owner.id, secret: "e1:1:AA", lastStep: 0 });
    const browser = browse();
    await browser.client.account.forgotPassword.mutate({ email: owner.email, ...key() });
    const proof = await newestLink(server(), "reset_password", owner.email);
    const password = "another-good-one-99-walrus";
    const answer = await browser.client.account.resetPassword.mutate({ proof, password, ...key() });
    expect(answer).toMatchObject({ state: "second_factor", factors: ["totp"] });
    expect(await meOf(browser)).toBeNull();
  });

  it("that is forgotten says the same for an address without an account", async () => {
    const email = newAddress();
    const { client } = browse();
    expect(await client.account.forgotPassword.mutate({ email, ...key() })).toEqual({ done: true });
    const proof = await newestLink(server(), "reset_password", email);
    expect(
      await codeOf(client.account.resetPassword.mutate({ proof, password: PASSWORD, ...key() })),
    ).toBe("LinkNotUsable");
  });

  it("is changed by who knows it, and others are signed out", async () => {
    const owner = await createPerson(server());
    const [here, there] = [await signedIn(server(), owner), await signedIn(server(), owner)];
    const before = here.cookies.get("lectern_session");
    const change = (current: string) =>
      here.client.account.changePassword.mutate({
        current,
        password: "a-new-good-one-walrus-12",
        ...key(),
      });
    expect(await codeOf(change("not-the-password-1"))).toBe("Invalid");
    await change(PASSWORD);
    expect(await meOf(there)).toBeNull();
    expect(await meOf(here)).toMatchObject({ id: owner.id });
    expect(here.cookies.get("lectern_session")).not.toBe(before);
  });

  it("is asked for again before what is important, ten minutes later", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    await server().db.execute(
      sql`UPDATE auth_session SET confirmed_at = clock_timestamp() - interval '11 minutes' WHERE person_id = ${owner.id}`,
    );
    const change = () =>
      browser.client.account.changeEmail.mutate({ email: newAddress(), ...key() });
    expect(await codeOf(change())).toBe("ConfirmationRequired");
    const confirm = (password: string) =>
      browser.client.account.confirm.mutate({ password, ...key() });
    expect(await codeOf(confirm("wrong-one-0815"))).toBe("SignInFailed");
    await confirm(PASSWORD);
    expect(await codeOf(change())).toBe("none");
  });
});

describe("after a password was set anew, because somebody else may have got in", () => {
  async function resetOf(owner: { email: string }) {
    const { account } = browse().client;
    await account.forgotPassword.mutate({ email: owner.email, ...key() });
    const proof = await newestLink(server(), "reset_password", owner.email);
    return account.resetPassword.mutate({
      proof,
      password: "another-good-one-99-walrus",
      ...key(),
    });
  }

  it("a change of the address that they had begun is worthless", async () => {
    const owner = await createPerson(server());
    const thief = await signedIn(server(), owner);
    const email = newAddress();
    await thief.client.account.changeEmail.mutate({ email, ...key() });
    const proof = await newestLink(server(), "change_email", email);
    await resetOf(owner);
    const { account } = browse().client;
    expect(await codeOf(account.confirmEmailChange.mutate({ proof, ...key() }))).toBe(
      "LinkNotUsable",
    );
  });

  it("so are their tokens, their step of a sign-in, and the device from which they guessed", async () => {
    const owner = await createPerson(server(), {}, [{ role: "sales" }]);
    const thief = await signedIn(server(), owner);
    await showSecondFactor(server(), thief);
    const { token } = await thief.client.tokens.create.mutate({
      name: "Mine",
      permissions: ["bookings.read.any"],
      ...key(),
    });
    const program = server().client.withOptions({ token });
    expect((await program.tokens.self.query()).kind).toBe("token");
    await resetOf(owner);
    expect(await codeOf(program.tokens.self.query())).toBe("Unauthenticated");
    expect(await meOf(thief)).toBeNull();
    const known = await server().db.execute(
      sql`SELECT count(*)::int AS count FROM known_device WHERE person_id = ${owner.id}`,
    );
    // The browser that has just set the password, and no other.
    expect(known.rows).toEqual([{ count: 1 }]);
  });

  it("signing out everywhere ends their tokens as well", async () => {
    const owner = await createPerson(server(), {}, [{ role: "sales" }]);
    const browser = await signedIn(server(), owner);
    await showSecondFactor(server(), browser);
    const made = { name: "Mine", permissions: ["bookings.read.any"] };
    const { token } = await browser.client.tokens.create.mutate({ ...made, ...key() });
    await browser.client.account.signOutEverywhere.mutate(key());
    const program = server().client.withOptions({ token });
    expect(await codeOf(program.tokens.self.query())).toBe("Unauthenticated");
  });
});

describe("somebody whom staff sign out", () => {
  it("is signed out everywhere, and can sign in again", async () => {
    const owner = await createPerson(server());
    const [one, other] = [await signedIn(server(), owner), await signedIn(server(), owner)];
    await server().staff.people.signOut.mutate({ id: owner.id, ...key() });
    expect(await meOf(one)).toBeNull();
    expect(await meOf(other)).toBeNull();
    expect(await meOf(await signedIn(server(), owner))).toMatchObject({ id: owner.id });
  });
});

describe("who owes a second factor", () => {
  it("does not even get to what is their own", async () => {
    const owner = await createPerson(server(), {}, [{ role: "finance" }]);
    const { db } = server();
    const { reference } = await createTestBooking(db, (await createTestRun(db)).id, 1);
    await db.update(booking).set({ bookerId: owner.id }).where(eq(booking.reference, reference));
    const browser = await signedIn(server(), owner);
    const read = () => browser.client.bookings.byReference.query({ reference });
    expect(await codeOf(read())).toBe("NotFound");
    await showSecondFactor(server(), browser);
    expect((await read()).reference).toBe(reference);
  });
});

describe("an address", () => {
  it("is changed by who reads its mails", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    const email = newAddress();
    await browser.client.account.changeEmail.mutate({ email, ...key() });
    expect(await meOf(browser)).toMatchObject({ email: owner.email });
    const proof = await newestLink(server(), "change_email", email);
    const confirm = () => browse().client.account.confirmEmailChange.mutate({ proof, ...key() });
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(confirm())));
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(await meOf(browser)).toMatchObject({ email });
    const jobs = await server().db.execute(
      sql`SELECT data FROM pgboss.job WHERE data->>'kind' = 'email_changed' AND data->>'aboutId' = ${owner.id}`,
    );
    expect(jobs.rows).toMatchObject([{ data: { to: { email: owner.email } } }]);
  });

  it("of somebody else is not taken, and nobody is told that it is theirs", async () => {
    const [owner, other] = [await createPerson(server()), await createPerson(server())];
    const browser = await signedIn(server(), owner);
    const answer = await browser.client.account.changeEmail.mutate({
      email: other.email.toUpperCase(),
      ...key(),
    });
    expect(answer).toEqual({ done: true });
    const proof = await newestLink(server(), "change_email", other.email);
    expect(
      await codeOf(browse().client.account.confirmEmailChange.mutate({ proof, ...key() })),
    ).toBe("LinkNotUsable");
    expect(await meOf(browser)).toMatchObject({ email: owner.email });
  });
});

describe("what somebody tells of themselves", () => {
  it("is kept encrypted, and changed by versions", async () => {
    const owner = await createPerson(server());
    const browser = await signedIn(server(), owner);
    const { version } = await browser.client.account.details.query();
    const told = {
      phone: "+47 12 34 56 78",
      address: "Storgata 1\nOslo",
      dietaryNeeds: "No nuts",
      accessNeeds: "Step-free",
    };
    const updated = await browser.client.account.update.mutate({ ...told, version, ...key() });
    expect(updated).toMatchObject({ ...told, version: version + 1 });
    const [row] = await server().db.select().from(person).where(eq(person.id, owner.id));
    expect(JSON.stringify(row)).not.toMatch(/12 34 56|Storgata|nuts|Step-free/u);
    expect(
      await codeOf(browser.client.account.update.mutate({ name: "X", version, ...key() })),
    ).toBe("Conflict");
  });
});

describe("the first administrator", () => {
  it("is made once, by the link, of 20 who try at once; and then shows a second factor first", async () => {
    const { db, accessKeys } = server();
    const id = (await issueFirstAdministratorLink(db)) ?? "";
    const proof = { id, key: oneTimeKey(accessKeys, id) };
    const browsers = Array.from({ length: 20 }, browse);
    const codes = await Promise.all(
      browsers.map(({ client }) =>
        codeOf(
          client.account.becomeAdministrator.mutate({
            proof,
            name: "Root",
            email: newAddress(),
            password: PASSWORD,
            ...key(),
          }),
        ),
      ),
    );
    expect(codes.filter((code) => code === "none")).toHaveLength(1);
    expect(await db.$count(roleAssignment, eq(roleAssignment.role, "administrator"))).toBe(1);
    expect(await issueFirstAdministratorLink(db)).toBeUndefined();

    const admin = browsers[codes.indexOf("none")];
    if (admin === undefined) throw new Error("Nobody became administrator");
    expect(await meOf(admin)).toMatchObject({ mustSetUpSecondFactor: true, permissions: [] });
    expect(await codeOf(admin.client.people.list.query({}))).toBe("SecondFactorRequired");
    await showSecondFactor(server(), admin);
    const { items } = await admin.client.people.list.query({ role: "administrator" });
    expect(items).toMatchObject([{ name: "Root" }]);
    expect(
      await codeOf(
        admin.client.people.revokeRole.mutate({
          assignmentId: items[0]?.roles[0]?.assignmentId ?? "",
          ...key(),
        }),
      ),
    ).toBe("Conflict");
  });
});

describe("an invitation", () => {
  it("makes an account with its role, for who has the mail", async () => {
    const email = newAddress();
    await server().staff.people.invite.mutate({
      name: "Sal Es",
      email,
      role: "sales",
      country: "NO",
      ...key(),
    });
    const proof = await newestLink(server(), "invitation", email);
    const browser = browse();
    expect(await browser.client.account.invitation.query({ proof })).toMatchObject({
      email,
      role: "sales",
      hasAccount: false,
    });
    await browser.client.account.acceptInvitation.mutate({
      proof,
      password: PASSWORD,
      acceptsTerms: true,
      ...key(),
    });
    expect(await meOf(browser)).toMatchObject({
      name: "Sal Es",
      roles: [{ role: "sales", country: "NO" }],
    });
    expect(await codeOf(browser.client.account.invitation.query({ proof }))).toBe("LinkNotUsable");
  });

  it("gives the role to an account that is there, for its password", async () => {
    const owner = await createPerson(server());
    await server().staff.people.invite.mutate({
      name: "X",
      email: owner.email,
      role: "finance",
      ...key(),
    });
    const proof = await newestLink(server(), "invitation", owner.email);
    const accept = (password: string) =>
      browse().client.account.acceptInvitation.mutate({
        proof,
        password,
        acceptsTerms: true,
        ...key(),
      });
    expect(await codeOf(accept("a-wrong-password-77"))).toBe("SignInFailed");
    expect(await accept(PASSWORD)).toEqual({ state: "signed_in" });
    const found = await server().staff.people.byId.query({ id: owner.id });
    expect(found.roles).toMatchObject([{ role: "finance" }]);
  });
});

describe("two accounts of one person", () => {
  it("become one: what was the one's is the other's, and the one signs in no more", async () => {
    const [from, into] = [
      await createPerson(server(), {}, [{ role: "instructor" }]),
      await createPerson(server()),
    ];
    const { db } = server();
    const run = await createTestRun(db);
    const { reference } = await createTestBooking(db, run.id, 1);
    await db.update(booking).set({ bookerId: from.id }).where(eq(booking.reference, reference));
    const entryId = await queueTestParty(db, run.id, 1);
    await db.update(waitlistEntry).set({ personId: from.id }).where(eq(waitlistEntry.id, entryId));
    const old = await signedIn(server(), from);
    const merged = await server().staff.people.merge.mutate({
      fromId: from.id,
      intoId: into.id,
      ...key(),
    });
    expect(merged.moved).toMatchObject({ bookings: 1, roles: 1 });
    expect(await meOf(old)).toBeNull();
    expect(await codeOf(signedIn(server(), from))).toBe("SignInFailed");
    expect(await server().staff.people.byId.query({ id: into.id })).toMatchObject({
      bookings: 1,
      waitlistEntries: 1,
    });
    const entries = await server().staff.audit.list.query({
      entityId: from.id,
      action: "person.merge",
    });
    expect(entries.items).toMatchObject([{ after: { intoId: into.id, bookings: 1 } }]);
  });
});
