import { createFullRun } from "@lectern/api/testing/waiting";
import { createTestRun } from "@lectern/api/testing/factories";
import { SoftwareAuthenticator } from "@lectern/api/testing/software-authenticator";
import { codeFromApp, letStepsPass } from "@lectern/api/testing/totp-app";
import { createClient } from "@lectern/client";
import { issueFirstAdministratorLink } from "@lectern/api/features/people/accounts/first-administrator";
import { oneTimeKey } from "@lectern/auth/one-time";
import { booking, waitlistEntry } from "@lectern/database/schema/bookings";
import { eq, sql } from "drizzle-orm";
import { mailboxKey } from "../../src/mail/mailbox-session.ts";
import type { TestProvider } from "../support/openid-provider.ts";
import { createPerson, key, newestLink, showSecondFactor, signedIn } from "../support/people.ts";
import { type TestBrowser, openBrowser } from "../support/test-browser.ts";
import type { TestJobs } from "../support/test-jobs.ts";
import type { TestServer } from "../support/test-server.ts";
import type { Canaries } from "./canaries.ts";

/** Everything that is secret or personal goes where it is told: by HTTP, as browsers and programs do it. */

export interface Life {
  /** Of somebody whose password, address and needs are canaries, signed in with a second factor. */
  readonly owner: TestBrowser;
  readonly ownerId: string;
  readonly password: string;
  readonly email: string;
  readonly totpSecret: string;
  /** Of an administrator. */
  readonly staff: TestBrowser;
  readonly runId: string;
  readonly reference: string;
  readonly accessKey: string;
  readonly provider: string;
  readonly deviceCode: string;
  readonly token: string;
}

let count = 0;
/** @returns a word that nobody else uses, which says what it is */
function word(what: string): string {
  count += 1;
  return `zq${what}${count}x${crypto.randomUUID().slice(0, 8)}`;
}

/** Lets out what the cookies of a browser hold: the half that is secret. */
function addCookies(found: Canaries, what: string, browser: TestBrowser): void {
  for (const line of browser.setCookies) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
    const secret = value.slice(value.lastIndexOf(".") + 1);
    if (secret !== "") found.add("secret", `${name} of ${what}`, secret);
  }
}

/** Calls that are refused on purpose. */
async function refused(...calls: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const call of calls) {
    const isRefused = await call().then(
      () => false,
      () => true,
    );
    if (!isRefused) throw new Error(`This was to be refused: ${String(call)}`);
  }
}

interface Parts {
  readonly server: TestServer;
  readonly found: Canaries;
  readonly provider: TestProvider;
  readonly jobs: TestJobs;
}

/** @returns what can be gone on with */
export async function live(parts: Parts): Promise<Life> {
  const { server, found, jobs } = parts;
  found.add("secret", "operator token", server.operatorToken);
  const account = await haveAccount(parts);
  const factors = await haveFactors(parts, account);
  const staff = await haveStaff(parts);
  const tokens = await haveTokens(parts, staff);
  const provider = await signInElsewhere(parts, staff);
  const booked = await book(parts, account.email);
  await lookIntoMailbox(parts);
  await jobs.untilIdle();
  await takeCopy(parts, factors.owner);
  await jobs.untilIdle();
  for (const [what, browser] of [
    ["owner", account.browser],
    ["owner with a factor", factors.owner],
    ["staff", staff],
  ] as const) {
    addCookies(found, what, browser);
  }
  return { ...account, ...factors, ...tokens, ...booked, staff, provider };
}

async function haveAccount({ server, found }: Parts) {
  const { url } = server;
  const browser = openBrowser({ url });
  const guest = openBrowser({ url }).client.account;
  const mine = browser.client.account;
  const oldEmail = found.add("told", "address so far", `${word("old")}@canary.example`);
  const email = found.add("told", "address", `${word("mail")}@canary.example`);
  const name = found.add("told", "name", word("name"));
  const first = found.add("secret", "first password", `${word("password")}-at-signing-up`);
  await mine.signUp.mutate({
    name,
    email: oldEmail,
    password: first,
    acceptsTerms: true,
    acceptsNewsletter: true,
    ...key(),
  });
  const verify = await newestLink(server, "verify_email", oldEmail);
  found.add("secret", "key to verify an address", verify.key);
  const wrong = () => found.add("secret", "wrong password", word("wrongpassword"));
  await refused(
    () => guest.finishSignUp.mutate({ proof: verify, password: wrong(), ...key() }),
    () =>
      guest.finishSignUp.mutate({
        proof: {
          id: verify.id,
          key: found.add("secret", "wrong key", "k".repeat(10) + word("key").padEnd(33, "_")),
        },
        password: wrong(),
        ...key(),
      }),
  );
  await mine.finishSignUp.mutate({ proof: verify, password: first, ...key() });
  const me = (await mine.me.query()).me;
  if (me === null) throw new Error("Nobody is signed in");

  await refused(
    () => guest.signIn.mutate({ email: oldEmail, password: wrong(), ...key() }),
    () =>
      guest.signIn.mutate({
        email: word("nobody") + "@canary.example",
        password: wrong(),
        ...key(),
      }),
    // Their own, with an address that is none.
    () => guest.signIn.mutate({ email: "no address", password: first, ...key() }),
    () => mine.confirm.mutate({ password: wrong(), ...key() }),
    () => mine.changePassword.mutate({ current: wrong(), password: wrong(), ...key() }),
    // One that would be guessed soon.
    () => mine.changePassword.mutate({ current: first, password: "password", ...key() }),
  );
  await mine.confirm.mutate({ password: first, ...key() });
  const newName = found.add("told", "new name", word("newname"));
  const { version } = await mine.update.mutate({
    name: newName,
    phone: found.add("encrypted", "phone", word("phone")),
    address: found.add("encrypted", "address", word("street")),
    dietaryNeeds: found.add("encrypted", "dietary needs", word("diet")),
    accessNeeds: found.add("encrypted", "access needs", word("access")),
    version: 1,
    ...key(),
  });
  // Alone, as somebody types it who has moved.
  const phone = found.add("encrypted", "new phone", word("newphone"));
  await mine.update.mutate({ phone, version, ...key() });
  await refused(() => mine.update.mutate({ phone, version, ...key() }));
  await mine.changeEmail.mutate({ email, ...key() });
  const change = await newestLink(server, "change_email", email);
  found.add("secret", "key to change an address", change.key);
  await guest.confirmEmailChange.mutate({ proof: change, ...key() });

  await guest.forgotPassword.mutate({ email, ...key() });
  const reset = await newestLink(server, "reset_password", email);
  found.add("secret", "key to reset a password", reset.key);
  const second = found.add("secret", "second password", `${word("password")}-at-resetting`);
  await refused(() => guest.resetPassword.mutate({ proof: reset, password: "password", ...key() }));
  await mine.resetPassword.mutate({ proof: reset, password: second, ...key() });
  await refused(() => guest.resetPassword.mutate({ proof: reset, password: wrong(), ...key() }));
  const password = found.add("secret", "third password", `${word("password")}-at-changing`);
  await mine.changePassword.mutate({ current: second, password, ...key() });
  await guest.signUp.mutate({
    name: newName,
    email,
    password: second,
    acceptsTerms: true,
    ...key(),
  });
  return { browser, ownerId: me.id, email, password };
}

type Account = Awaited<ReturnType<typeof haveAccount>>;

async function haveFactors({ server, found }: Parts, account: Account) {
  const { browser, email, password, ownerId } = account;
  const mine = browser.client.factors;
  const begun = await mine.beginTotp.mutate(key());
  found.add("secret", "secret of an app", begun.secret);
  found.add("secret", "key to set up an app", begun.proof.key);
  const codeOf = (steps = 0) =>
    found.add("secret", "code of an app", codeFromApp(begun.secret, steps));
  const wrongCode = found.add("secret", "wrong code", "314159");
  await refused(() => mine.completeTotp.mutate({ proof: begun.proof, code: wrongCode, ...key() }));
  const added = await mine.completeTotp.mutate({ proof: begun.proof, code: codeOf(), ...key() });
  for (const code of added.recoveryCodes ?? []) found.add("secret", "recovery code", code);
  const renewed = await mine.renewRecoveryCodes.mutate(key());
  for (const code of renewed.recoveryCodes) found.add("secret", "recovery code", code);
  await letStepsPass(server.db, ownerId);
  await mine.confirmWithTotp.mutate({ code: codeOf(), ...key() });

  const authenticator = new SoftwareAuthenticator({
    origin: server.url.replace("127.0.0.1", "localhost"),
  });
  const atLocalhost = openBrowser({
    url: server.url.replace("127.0.0.1", "localhost"),
    cookies: browser.cookies,
  });
  const creation = await atLocalhost.client.factors.beginPasskey.mutate(key());
  found.add("secret", "key to make a passkey", creation.proof.key);
  const created = authenticator.create(creation.options);
  await atLocalhost.client.factors.completePasskey.mutate({
    proof: creation.proof,
    name: found.add("told", "name of a passkey", word("passkey")),
    created,
    ...key(),
  });
  addCookies(found, "owner who made a passkey", atLocalhost);

  async function step(): Promise<{ id: string; key: string }> {
    const other = openBrowser({ url: server.url });
    const answer = await other.client.account.signIn.mutate({ email, password, ...key() });
    if (answer.state !== "second_factor") throw new Error("No second factor is asked for");
    found.add("secret", "key of a step", answer.step.key);
    return answer.step;
  }
  const owner = openBrowser({ url: server.url });
  const wrongRecovery = found.add("secret", "wrong recovery code", word("recovery"));
  const first = await step();
  await refused(
    () => owner.client.factors.signInWithTotp.mutate({ step: first, code: wrongCode, ...key() }),
    () =>
      owner.client.factors.signInWithRecoveryCode.mutate({
        step: first,
        code: wrongRecovery,
        ...key(),
      }),
  );
  const [recovery = ""] = renewed.recoveryCodes;
  await owner.client.factors.signInWithRecoveryCode.mutate({
    step: first,
    code: recovery,
    ...key(),
  });
  await letStepsPass(server.db, ownerId);
  await owner.client.factors.signInWithTotp.mutate({
    step: await step(),
    code: codeOf(),
    ...key(),
  });
  return { owner, totpSecret: begun.secret };
}

async function haveStaff({ server, found }: Parts): Promise<TestBrowser> {
  const boss = await createPerson(server, { name: word("boss") }, [{ role: "administrator" }]);
  const staff = await signedIn(server, boss);
  await showSecondFactor(server, staff);

  // Somebody is invited, and one more who never comes.
  for (const comes of [true, false]) {
    const email = found.add("told", "invited address", `${word("invited")}@canary.example`);
    const name = found.add("told", "invited name", word("invitedname"));
    await staff.client.people.invite.mutate({ name, email, role: "sales", ...key() });
    const proof = await newestLink(server, "invitation", email);
    found.add("secret", "key of an invitation", proof.key);
    const guest = openBrowser({ url: server.url });
    await guest.client.account.invitation.query({ proof });
    if (comes) {
      await guest.client.account.acceptInvitation.mutate({
        proof,
        password: found.add("secret", "password of who was invited", word("invitedpassword")),
        acceptsTerms: true,
        ...key(),
      });
    }
    addCookies(found, "who was invited", guest);
  }

  // The link that a start prints is worth nothing where there is an administrator.
  const { db, accessKeys } = server;
  await db.execute(sql`UPDATE role_assignment SET role = 'sales' WHERE role = 'administrator'`);
  const id = await issueFirstAdministratorLink(db);
  await db.execute(
    sql`UPDATE role_assignment SET role = 'administrator' WHERE person_id = ${boss.id}`,
  );
  if (id === undefined) throw new Error("There was no link for an administrator");
  const proof = {
    id,
    key: found.add("secret", "key to become administrator", oneTimeKey(accessKeys, id)),
  };
  await refused(() =>
    openBrowser({ url: server.url }).client.account.becomeAdministrator.mutate({
      proof,
      name: word("nobody"),
      email: `${word("nobody")}@canary.example`,
      password: found.add("secret", "password of no administrator", word("adminpassword")),
      ...key(),
    }),
  );
  return staff;
}

async function haveTokens({ server, found }: Parts, staff: TestBrowser) {
  const { url } = server;
  const { token } = await staff.client.tokens.create.mutate({
    name: found.add("told", "name of a token", word("tokenname")),
    permissions: ["bookings.read.any"],
    ...key(),
  });
  found.add("secret", "token", token);
  found.add("secret", "secret of a token", token.slice(-52, -9));
  const program = createClient({ url, token, maxRetries: 0 });
  await program.tokens.self.query();
  await program.bookings.list.query({});
  await refused(
    () => program.people.list.query({}),
    () => createClient({ url, token: `${token.slice(0, -1)}x`, maxRetries: 0 }).tokens.self.query(),
  );

  const device = openBrowser({ url }).client.devices;
  const wanted = { client: word("program"), permissions: ["bookings.read.any"] };
  const begun = await device.begin.mutate({ ...wanted, ...key() });
  const deviceCode = found.add("secret", "device code", begun.deviceCode);
  await device.poll.mutate({ deviceCode, ...key() });
  const { userCode } = begun;
  await staff.client.devices.describe.query({ userCode });
  await staff.client.devices.decide.mutate({
    userCode,
    decision: "approve",
    permissions: wanted.permissions,
    ...key(),
  });
  await server.db.execute(sql`UPDATE device_grant SET polled_at = NULL`);
  const granted = await device.poll.mutate({ deviceCode, ...key() });
  if (granted.state !== "granted") throw new Error(`The program got nothing: ${granted.state}`);
  found.add("secret", "token of a program", granted.token);
  const waiting = await device.begin.mutate({ ...wanted, ...key() });
  return { token, deviceCode: found.add("secret", "device code", waiting.deviceCode) };
}

async function signInElsewhere(
  { server, found, provider }: Parts,
  staff: TestBrowser,
): Promise<string> {
  const { issuer, clientId, clientSecret } = provider;
  found.add("secret", "client secret", clientSecret);
  const written = await staff.client.identity.createProvider.mutate({
    slug: word("idp"),
    name: "Example",
    issuer,
    clientId,
    clientSecret,
    asksSecondFactor: true,
    ...key(),
  });
  await staff.client.identity.updateProvider.mutate({
    id: written.id,
    version: written.version,
    clientSecret,
    ...key(),
  });
  const email = found.add("told", "address at a provider", `${word("idpmail")}@canary.example`);
  const person = await createPerson(server, { email }, [{ role: "sales" }]);
  provider.accounts.set(person.id, { email, email_verified: true, name: word("idpname") });
  const browser = openBrowser({ url: server.url });
  const { identity } = browser.client;
  const begun = await identity.begin.mutate({ provider: written.slug, returnTo: "/", ...key() });
  const query = new URL(begun.url).searchParams;
  found.add("secret", "state", (query.get("state") ?? "").split(".")[1] ?? "");
  found.add("secret", "nonce", query.get("nonce") ?? "");
  const { state, code, iss = null } = await provider.signIn(begun.url, person.id);
  found.add("secret", "code of a provider", code);
  const wrong = found.add("secret", "wrong code of a provider", word("idpcode"));
  const other = openBrowser({ url: server.url }).client.identity;
  await refused(
    () => other.finish.mutate({ provider: written.slug, state, code, iss, ...key() }),
    () => other.finish.mutate({ provider: written.slug, state: wrong, code: wrong, iss, ...key() }),
  );
  // Nobody is linked yet, so that a password is asked for.
  const answer = await identity.finish.mutate({
    provider: written.slug,
    state,
    code,
    iss,
    ...key(),
  });
  if (answer.state === "link_needed") {
    const { step } = answer;
    found.add("secret", "key to link", step.key);
    const password = found.add("secret", "wrong password to link", word("linkpassword"));
    await refused(() => identity.link.mutate({ step, password, ...key() }));
  }
  addCookies(found, "who signs in elsewhere", browser);
  return written.slug;
}

async function book({ server, found }: Parts, ownEmail: string) {
  const { db, url, accessKeys } = server;
  const guest = openBrowser({ url }).client;
  const run = await createTestRun(db, { capacity: 100, values: { placesPerBooker: 100 } });
  const booker = () => ({
    name: found.add("told", "booker", word("booker")),
    email: found.add("told", "booker's address", `${word("bookermail")}@canary.example`),
    company: found.add("told", "company", word("company")),
    phone: found.add("encrypted", "booker's phone", word("bookerphone")),
  });
  const words = () => ({
    note: found.add("told", "note", word("note")),
    purchaseOrder: found.add("told", "purchase order", word("order")),
  });
  const learner = (): { name: string; email: string } => ({
    name: found.add("told", "learner", word("learner")),
    email: found.add("told", "learner's address", `${word("learnermail")}@canary.example`),
  });
  const hold = async (runId = run.id, places = 2, more = {}) => {
    const held = await guest.bookings.hold.mutate({ runId, places, ...more, ...key() });
    found.add("secret", "access key of a booking", held.accessKey);
    return { reference: held.reference, accessKey: held.accessKey };
  };
  const idOf = async (reference: string) => {
    const [row] = await db
      .select({ id: booking.id })
      .from(booking)
      .where(eq(booking.reference, reference));
    return row?.id ?? "";
  };

  const held = await hold();
  const order = { ...held, ...words(), acceptsTerms: true as const };
  const wrongKey = found.add(
    "secret",
    "wrong access key",
    `${"w".repeat(20)}${word("key")}`.padEnd(43, "_").slice(0, 43),
  );
  const bookers = booker();
  await refused(
    () =>
      guest.bookings.confirm.mutate({ ...order, accessKey: wrongKey, booker: booker(), ...key() }),
    () => guest.bookings.byReference.query({ ...held, accessKey: wrongKey }),
    () =>
      guest.bookings.confirm.mutate({ ...order, booker: { ...booker(), email: "none" }, ...key() }),
  );
  const confirmed = await guest.bookings.confirm.mutate({
    ...order,
    booker: bookers,
    learners: [learner()],
    ...key(),
  });
  await guest.bookings.byReference.query(held);
  const [, unnamed] = confirmed.registrations.map(({ id }) => id);
  const link = await guest.registrations.claimLink.mutate({
    ...held,
    registrationId: unnamed ?? "",
    sendTo: found.add("told", "address of a link", `${word("linkmail")}@canary.example`),
    ...key(),
  });
  found.add("secret", "claim key", link.claimKey);
  await refused(() =>
    guest.registrations.claim.mutate({
      ...link,
      claimKey: wrongKey,
      learner: learner(),
      acceptsTerms: true,
      ...key(),
    }),
  );
  await guest.registrations.claim.mutate({
    ...link,
    learner: learner(),
    acceptsTerms: true,
    ...key(),
  });

  const paid = await hold();
  await guest.bookings.startPayment.mutate({
    ...paid,
    booker: booker(),
    ...words(),
    acceptsTerms: true,
    ...key(),
  });
  await guest.bookings.cancel.mutate({
    ...paid,
    reason: found.add("told", "reason", word("reason")),
    ...key(),
  });

  const asked = await hold();
  const approver = { name: learner().name, email: learner().email };
  await guest.bookings.confirm.mutate({
    ...asked,
    booker: booker(),
    ...words(),
    approver,
    acceptsTerms: true,
    ...key(),
  });
  const approvalKey = accessKeys.keyFor("approval", await idOf(asked.reference));
  found.add("secret", "approval key", approvalKey);
  const toApprove = { reference: asked.reference, approvalKey };
  await refused(() =>
    guest.bookings.approve.mutate({ ...toApprove, approvalKey: wrongKey, ...key() }),
  );
  await guest.bookings.refuse.mutate({
    ...toApprove,
    reason: found.add("told", "reason of a refusal", word("refusal")),
    ...key(),
  });

  const secretRun = await createTestRun(db, { values: { visibility: "private" } });
  const { invitationKey } = await server.staff.runs.invitation.query({ id: secretRun.id });
  found.add("secret", "key of a private run", invitationKey);
  await refused(() => hold(secretRun.id, 1, { invitationKey: wrongKey }));
  await hold(secretRun.id, 1, { invitationKey });

  const full = await createFullRun(db, [1]);
  const party = learner();
  const joined = await guest.waitlist.join.mutate({
    runId: full.id,
    quantity: 1,
    ...party,
    ...key(),
  });
  found.add("secret", "key of a place in the queue", joined.accessKey);
  const proof = { entryId: joined.entryId, accessKey: joined.accessKey };
  await refused(() => guest.waitlist.byKey.query({ ...proof, accessKey: wrongKey }));
  await full.free();
  await expectOffer(server, joined.entryId);
  const accepted = await guest.waitlist.accept.mutate({ ...proof, ...key() });
  found.add("secret", "access key of an accepted offer", accepted.accessKey);

  await guest.enquiries.send.mutate({
    kind: "contact",
    name: learner().name,
    email: ownEmail,
    phone: found.add("encrypted", "phone of an enquiry", word("enquiryphone")),
    company: found.add("told", "company of an enquiry", word("enquirycompany")),
    message: found.add("told", "message", word("message")),
    consent: true,
    ...key(),
  });
  const { items } = await server.staff.enquiries.list.query({ limit: 100 });
  const enquiry = items.find(({ email }) => email === ownEmail);
  await server.staff.enquiries.move.mutate({
    id: enquiry?.id ?? "",
    version: 1,
    to: "in_progress",
    note: found.add("told", "note of staff", word("staffnote")),
    ...key(),
  });
  return { runId: run.id, ...held };
}

async function expectOffer({ db }: TestServer, entryId: string): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    const [entry] = await db
      .select({ status: waitlistEntry.status })
      .from(waitlistEntry)
      .where(eq(waitlistEntry.id, entryId));
    if (entry?.status === "offered") return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Nothing was offered");
}

async function lookIntoMailbox({ server, found }: Parts): Promise<void> {
  const browser = openBrowser({ url: server.url });
  const open = (mailbox: string) =>
    browser.fetch("/mailbox/session", {
      method: "POST",
      body: new URLSearchParams({ key: mailbox }),
      redirect: "manual",
    });
  await open(found.add("secret", "wrong key of the mailbox", word("mailboxkey")));
  await open(found.add("secret", "key of the mailbox", mailboxKey(server.accessKeys)));
  addCookies(found, "who looks into the mailbox", browser);
  const page = await (await browser.fetch("/mailbox")).text();
  for (const [, id = ""] of [...page.matchAll(/\/mailbox\/mails\/([0-9a-f-]{36})/gu)].slice(
    0,
    30,
  )) {
    await (await browser.fetch(`/mailbox/mails/${id}`)).text();
    await (await browser.fetch(`/mailbox/mails/${id}/html`)).text();
  }
}

/** A copy of all their data is made, and fetched. */
async function takeCopy({ jobs }: Parts, owner: TestBrowser): Promise<void> {
  const { id } = await owner.client.privacy.requestExport.mutate(key());
  await jobs.untilIdle();
  await owner.client.privacy.downloadExport.mutate({ id, ...key() });
}
