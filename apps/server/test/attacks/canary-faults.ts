import { createClient } from "@lectern/client";
import { administer } from "@lectern/database/driver/administer";
import { transaction } from "@lectern/database/transaction";
import { codeFromApp } from "@lectern/api/testing/totp-app";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { Dice } from "../fuzz/dice.ts";
import { schemaOf } from "../fuzz/json-schema.ts";
import { validValue } from "../fuzz/valid.ts";
import { key, newestLink } from "../support/people.ts";
import { PROCEDURES } from "../support/procedures.ts";
import { askRaw } from "../support/raw-request.ts";
import { openBrowser } from "../support/test-browser.ts";
import type { TestServer } from "../support/test-server.ts";
import type { Canaries } from "./canaries.ts";
import type { Life } from "./canary-life.ts";

/** What goes wrong on purpose, while secrets are in what was asked. */

/** Fields that hold what nobody else may see, wherever they stand. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  "accessKey",
  "accessNeeds",
  "address",
  "approvalKey",
  "claimKey",
  "clientSecret",
  "code",
  "current",
  "deviceCode",
  "dietaryNeeds",
  "invitationKey",
  "key",
  "password",
  "phone",
  "proof",
  "state",
  "step",
]);

/** @returns copies of an input, in each of which one secret is something else than it should be */
function misfits(input: unknown, canary: string): unknown[] {
  if (Array.isArray(input)) {
    const parts: readonly unknown[] = input;
    return parts.flatMap((part, index) =>
      misfits(part, canary).map((misfit) => parts.with(index, misfit)),
    );
  }
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([name, part]) => {
    const wrong = SECRET_FIELDS.has(name) ? wrongTypes(canary) : [];
    return [...wrong, ...misfits(part, canary)].map((misfit) => ({ ...input, [name]: misfit }));
  });
}

function wrongTypes(canary: string): unknown[] {
  return [[canary], { [canary]: canary }, canary.repeat(600), `${canary}\u0000`];
}

/** What is no input at all. */
function garbage(canary: string): string[] {
  return [
    canary,
    `"${canary}"`,
    `["${canary}"]`,
    `{"password":"${canary}`,
    `{"password":${canary}}`,
    `{password:"${canary}"}`,
    `{"password":"${canary}"}}`,
    `{"${canary}`,
    `{"password":"${canary}\n"}`,
  ];
}

/** Sends secrets to every procedure in fields that take something else, and in bodies that are none. */
export async function sendMisfits(
  server: TestServer,
  life: Life,
  found: Canaries,
): Promise<number> {
  const canary = found.add("secret", "misfit", `zqmisfitx${crypto.randomUUID().slice(0, 8)}`);
  const callers = [
    {},
    { authorization: `Bearer ${server.operatorToken}` },
    { cookie: [...life.owner.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
  ];
  let sent = 0;
  async function send(path: string, body: string, headers: Readonly<Record<string, string>>) {
    const response = await fetch(`${server.url}/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-lectern-client": "x", ...headers },
      body,
    });
    await response.text();
    sent += 1;
  }
  for (const { path, type, input } of PROCEDURES) {
    if (input === undefined || type === "subscription") continue;
    const shape = schemaOf(input);
    const bodies = [1, 2, 3, 4]
      .map((seed) => validValue(shape, new Dice(seed), new Map()))
      .flatMap((value) => misfits(value, canary))
      .map((value) => JSON.stringify(value));
    const wanted = [...new Set(bodies), ...garbage(canary)];
    await Promise.all(
      wanted.flatMap((body, index) => {
        const headers = callers[index % callers.length];
        return headers === undefined ? [] : [send(path, body, headers)];
      }),
    );
  }
  const text = encodeURIComponent(canary);
  for (const address of [
    `/trpc/account.invitation?input=${text}`,
    `/trpc/account.invitation?input=${encodeURIComponent(`{"proof":{"id":"${canary}","key":"${canary}"}}`)}`,
    `/trpc/account.invitation?input=${encodeURIComponent(`{"proof":${canary}`)}`,
    `/trpc/account.invitation,account.me?batch=1&input=${encodeURIComponent(`{"0":{"proof":"${canary}"}}`)}`,
    `/trpc/tokens.self?access_token=${text}`,
    `/trpc/system.info?${text}`,
    `/trpc/runs.watch?input=${encodeURIComponent(`{"runIds":["${canary}`)}`,
    `/trpc/runs.watch?lastEventId=${text}&input=${encodeURIComponent(`{"runIds":["${canary}"]}`)}`,
    `/bookings/LC-7K3F-92QD?key=${text}`,
    `/mailbox?after=${text}`,
    `/readyz?${text}`,
  ]) {
    for (const method of ["GET", "HEAD", "POST", "DELETE"]) {
      const response = await fetch(`${server.url}${address}`, { method });
      await response.text();
    }
  }
  // No HTTP any more, after headers that were.
  for (const wrong of ["no header", "Content-Length: 1\r\nContent-Length: 2", "X: \u0001"]) {
    await askRaw(
      server.url,
      `/ HTTP/1.1\r\nCookie: lectern_session=${canary}\r\nAuthorization: Bearer ${canary}\r\n${wrong}\r\nX:`,
    );
  }
  for (const headers of [
    { authorization: canary },
    { authorization: `Bearer ${canary}` },
    { authorization: `Basic ${Buffer.from(`operator:${canary}`).toString("base64")}` },
    { authorization: `Bearer lectern_${canary}` },
    { cookie: `lectern_session=${canary}` },
    { cookie: `lectern_session=${canary}.${canary}; lectern_device=${canary}.${canary}` },
    { cookie: `lectern_session=${canary}; lectern_session=${canary}` },
    { cookie: `lectern_openid=${canary}; lectern_mailbox=${canary}` },
    { "content-type": canary },
    { "last-event-id": canary },
    { range: canary },
    { accept: canary },
  ]) {
    for (const path of ["account.me", "tokens.self", "people.list", "courses.list"]) {
      await send(path, "{}", headers);
      await (await fetch(`${server.url}/trpc/${path}`, { headers })).text();
    }
  }
  return sent;
}

/** Everything that takes a secret, or something personal, is asked for once. @returns how many were refused */
export async function askForEverything(
  server: TestServer,
  life: Life,
  found: Canaries,
): Promise<{ failed: number; asked: number }> {
  const { url } = server;
  const fresh = (kind: "secret" | "encrypted" | "told", name: string) =>
    found.add(
      kind,
      `${name} while nothing worked`,
      `zqfault${name}x${crypto.randomUUID().slice(0, 8)}`,
    );
  const guest = openBrowser({ url }).client;
  const owner = life.owner.client;
  const staff = life.staff.client;
  const { email, password, reference, accessKey } = life;
  const proof = {
    id: crypto.randomUUID(),
    key: fresh("secret", "key").padEnd(43, "_").slice(0, 43),
  };
  const person = () => ({
    name: fresh("told", "name"),
    email: `${fresh("told", "mail")}@canary.example`,
  });
  const newPassword = () => fresh("secret", "password");
  const phone = () => fresh("encrypted", "phone");
  const code = codeFromApp(life.totpSecret);
  const calls: readonly (() => Promise<unknown>)[] = [
    () =>
      guest.account.signUp.mutate({
        ...person(),
        password: newPassword(),
        acceptsTerms: true,
        ...key(),
      }),
    () => guest.account.signIn.mutate({ email, password, ...key() }),
    () => guest.account.finishSignUp.mutate({ proof, password: newPassword(), ...key() }),
    () => guest.account.forgotPassword.mutate({ email, ...key() }),
    () => guest.account.resetPassword.mutate({ proof, password: newPassword(), ...key() }),
    () => guest.account.invitation.query({ proof }),
    () =>
      guest.account.acceptInvitation.mutate({
        proof,
        password: newPassword(),
        acceptsTerms: true,
        ...key(),
      }),
    () =>
      guest.account.becomeAdministrator.mutate({
        proof,
        ...person(),
        password: newPassword(),
        ...key(),
      }),
    () => guest.account.confirmEmailChange.mutate({ proof, ...key() }),
    () =>
      owner.account.changePassword.mutate({ current: password, password: newPassword(), ...key() }),
    () => owner.account.confirm.mutate({ password, ...key() }),
    () => owner.account.changeEmail.mutate({ email: person().email, ...key() }),
    () =>
      owner.account.update.mutate({
        phone: phone(),
        address: fresh("encrypted", "address"),
        dietaryNeeds: fresh("encrypted", "diet"),
        accessNeeds: fresh("encrypted", "access"),
        version: 3,
        ...key(),
      }),
    () => owner.factors.beginTotp.mutate(key()),
    () => owner.factors.completeTotp.mutate({ proof, code, ...key() }),
    () => owner.factors.confirmWithTotp.mutate({ code, ...key() }),
    () => owner.factors.renewRecoveryCodes.mutate(key()),
    () => guest.factors.signInWithTotp.mutate({ step: proof, code, ...key() }),
    () =>
      guest.factors.signInWithRecoveryCode.mutate({ step: proof, code: newPassword(), ...key() }),
    () => guest.devices.poll.mutate({ deviceCode: life.deviceCode, ...key() }),
    () => guest.devices.begin.mutate({ client: "lectern", permissions: [], ...key() }),
    () => staff.tokens.create.mutate({ name: "x", permissions: ["bookings.read.any"], ...key() }),
    () =>
      staff.identity.createProvider.mutate({
        slug: `idp-${crypto.randomUUID()}`,
        name: "Example",
        issuer: "http://localhost:1",
        clientId: "lectern",
        clientSecret: newPassword(),
        ...key(),
      }),
    () => guest.identity.begin.mutate({ provider: life.provider, returnTo: "/", ...key() }),
    () =>
      guest.identity.finish.mutate({
        provider: life.provider,
        state: proof.key,
        code: newPassword(),
        ...key(),
      }),
    () => staff.people.invite.mutate({ ...person(), role: "sales", ...key() }),
    () => guest.bookings.hold.mutate({ runId: life.runId, places: 1, ...key() }),
    () => guest.bookings.byReference.query({ reference, accessKey }),
    () =>
      guest.bookings.confirm.mutate({
        reference,
        accessKey,
        booker: { ...person(), phone: phone() },
        learners: [person()],
        note: fresh("told", "note"),
        acceptsTerms: true,
        ...key(),
      }),
    () =>
      guest.enquiries.send.mutate({
        kind: "contact",
        ...person(),
        phone: phone(),
        message: fresh("told", "message"),
        consent: true,
        ...key(),
      }),
    () => guest.waitlist.join.mutate({ runId: life.runId, quantity: 1, ...person(), ...key() }),
    () => createClient({ url, token: life.token, maxRetries: 0 }).tokens.self.query(),
    () => createClient({ url, token: life.token, maxRetries: 0 }).bookings.list.query({}),
  ];
  const outcomes = await Promise.allSettled(calls.map((call) => call()));
  return {
    failed: outcomes.filter(({ status }) => status === "rejected").length,
    asked: outcomes.length,
  };
}

const Tables = z.array(z.object({ name: z.string() }));

/** @returns every table of ours, as SQL writes it */
export async function allTables({ db }: TestServer): Promise<string[]> {
  const { rows } = await db.execute(sql`
    SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`);
  return Tables.parse(rows).map(({ name }) => name);
}

/** As long as it lasts, no row can be written to the tables: PostgreSQL tells what would have stood there. */
export async function whileNothingCanBeWritten(
  { database }: TestServer,
  tables: readonly string[],
  ask: () => Promise<void>,
): Promise<void> {
  await using admin = administer(database.adminUrl);
  for (const name of tables) {
    await admin.run(`ALTER TABLE ${name} ADD CONSTRAINT canary_refuses CHECK (false) NOT VALID`);
  }
  try {
    await ask();
  } finally {
    for (const name of tables) {
      await admin.run(`ALTER TABLE ${name} DROP CONSTRAINT canary_refuses`);
    }
  }
}

/** As long as it lasts, tables that every flow needs are not there. */
export async function whileTablesAreMissing(
  { database }: TestServer,
  ask: () => Promise<void>,
): Promise<void> {
  await using admin = administer(database.adminUrl);
  const tables = ["password", "one_time_token", "enquiry", "idempotency_key", "throttle"];
  for (const name of tables) await admin.run(`ALTER TABLE ${name} RENAME TO ${name}_gone`);
  try {
    await ask();
  } finally {
    for (const name of tables) await admin.run(`ALTER TABLE ${name}_gone RENAME TO ${name}`);
  }
}

/** As long as it lasts, somebody holds the tables, and statements wait until their time is over. */
export async function whileTablesAreHeld(
  { db }: TestServer,
  ask: () => Promise<void>,
): Promise<void> {
  await transaction(db, { timeoutMs: 60_000 }, async (tx) => {
    await tx.execute(
      sql`LOCK TABLE person, password, one_time_token, enquiry, booking, idempotency_key, throttle IN ACCESS EXCLUSIVE MODE`,
    );
    await ask();
  });
}

/** A mail about a password that is to be reset can't be written. */
export async function askForMail(server: TestServer, life: Life, found: Canaries): Promise<void> {
  await openBrowser({ url: server.url }).client.account.forgotPassword.mutate({
    email: life.email,
    ...key(),
  });
  const { key: reset } = await newestLink(server, "reset_password", life.email);
  found.add("secret", "key in a mail that is not written", reset);
}
