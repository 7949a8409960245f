import { decryptArchive, encryptArchive } from "@lectern/auth/encryption/archive-cipher";
import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";
import type { Database } from "@lectern/database/connect";
import { booking } from "@lectern/database/schema/bookings";
import { enquiry } from "@lectern/database/schema/enquiries";
import { idempotencyKey } from "@lectern/database/schema/operations";
import {
  identityProvider,
  oneTimeToken,
  person,
  totpCredential,
} from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { joinLink } from "@lectern/database/schema/scheduling";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { createReference } from "../features/bookings/reference.ts";
import { totpPlace } from "../features/people/factors/totp-place.ts";
import { answerPlaceOf } from "../shared/once-only.ts";
import { createTestRun } from "./factories.ts";

/** Something of everything that is encrypted, for tests of the keys that it is encrypted with. */

/** Values that were planted, to be looked at again. */
export interface Planted {
  /** How many values these are. */
  readonly values: number;
  /** @returns those that are not what they were, by what they were; nobody wrote anything else meanwhile */
  changed(fields: FieldCipher): Promise<string[]>;
}

/** @param rounds how often each kind of value is planted, with a text of its own */
export async function plantEncrypted(
  db: Database,
  fields: FieldCipher,
  rounds: number,
): Promise<Planted> {
  const { id: runId } = await createTestRun(db, { capacity: 10 });
  const checks: { text: string; read: (fields: FieldCipher) => Promise<string> }[] = [];
  for (let round = 0; round < rounds; round += 1)
    checks.push(...(await plantOne(db, fields, runId, round)));
  return {
    values: checks.length,
    async changed(reader) {
      const changed: string[] = [];
      for (const { text, read } of checks) if ((await read(reader)) !== text) changed.push(text);
      return changed;
    },
  };
}

async function plantOne(db: Database, fields: FieldCipher, runId: string, round: number) {
  const id = uuidv7();
  const text = (what: string) => `${what} of ${id}`;
  const seal = (table: string, column: string) =>
    fields.encrypt({ table, column, id }, text(`${table}.${column}`));
  await plantRows(db, { id, runId, round, seal });

  const openIn =
    (table: string, column: string, stored: () => Promise<string | null | undefined>) =>
    async (reader: FieldCipher) =>
      reader.decrypt({ table, column, id }, (await stored()) ?? "");
  const personColumn = (
    key: "phone" | "address" | "dietaryNeeds" | "accessNeeds",
    name: string,
  ) => ({
    text: text(`person.${name}`),
    read: openIn("person", name, async () => {
      const [found] = await db.select().from(person).where(eq(person.id, id));
      return found?.[key];
    }),
  });
  return [
    personColumn("phone", "phone"),
    personColumn("address", "address"),
    personColumn("dietaryNeeds", "dietary_needs"),
    personColumn("accessNeeds", "access_needs"),
    {
      text: text("totp_credential.secret"),
      read: openIn("totp_credential", "secret", async () => {
        const [found] = await db
          .select()
          .from(totpCredential)
          .where(eq(totpCredential.personId, id));
        return found?.secret;
      }),
    },
    {
      text: text("identity_provider.client_secret"),
      read: openIn("identity_provider", "client_secret", async () => {
        const [found] = await db.select().from(identityProvider).where(eq(identityProvider.id, id));
        return found?.clientSecret;
      }),
    },
    {
      text: text("booking.booker_phone"),
      read: openIn("booking", "booker_phone", async () => {
        const [found] = await db.select().from(booking).where(eq(booking.id, id));
        return found?.bookerPhone;
      }),
    },
    {
      text: text("join_link.url"),
      read: openIn("join_link", "url", async () => {
        const [found] = await db.select().from(joinLink).where(eq(joinLink.id, id));
        return found?.url;
      }),
    },
    {
      text: text("enquiry.phone"),
      read: openIn("enquiry", "phone", async () => {
        const [found] = await db.select().from(enquiry).where(eq(enquiry.id, id));
        return found?.phone;
      }),
    },
    ...(await plantInside(db, fields, id)),
  ];
}

interface Rows {
  readonly id: string;
  readonly runId: string;
  readonly round: number;
  readonly seal: (table: string, column: string) => Promise<string>;
}

/** The values of columns. */
async function plantRows(db: Database, { id, runId, round, seal }: Rows): Promise<void> {
  await db.insert(person).values({
    id,
    name: "Aud Lie",
    email: `${id}@example.com`,
    phone: await seal("person", "phone"),
    address: await seal("person", "address"),
    dietaryNeeds: await seal("person", "dietary_needs"),
    accessNeeds: await seal("person", "access_needs"),
  });
  await db
    .insert(totpCredential)
    .values({ personId: id, secret: await seal("totp_credential", "secret"), lastStep: 0 });
  await db.insert(identityProvider).values({
    id,
    slug: id,
    name: "Provider",
    issuer: "https://id.example.com",
    clientId: "lectern",
    clientSecret: await seal("identity_provider", "client_secret"),
  });
  await db.insert(booking).values({
    id,
    reference: createReference(),
    runId,
    status: "confirmed",
    places: 1,
    bookerName: "Aud Lie",
    bookerEmail: `${id}@example.com`,
    bookerPhone: await seal("booking", "booker_phone"),
    confirmedAt: new Date(),
  });
  await db
    .insert(joinLink)
    .values({ id, runId, position: round + 1, url: await seal("join_link", "url") });
  await db.insert(enquiry).values({
    id,
    kind: "contact",
    name: "Aud Lie",
    email: `${id}@example.com`,
    message: "?",
    phone: await seal("enquiry", "phone"),
  });
}

/** What stands inside of something else. */
async function plantInside(db: Database, fields: FieldCipher, id: string) {
  const text = (what: string) => `${what} of ${id}`;
  // Quotes, commas and letters that JSON may write in more than one way.
  const [scope, key] = [`person:${id}|"é,\\|\u2028\u0001`, `key "${id}"`];
  const answerPlace = answerPlaceOf(scope, key);
  await db.insert(idempotencyKey).values({
    scope,
    key,
    requestHash: new Uint8Array(32),
    answer: { e1: await fields.encrypt(answerPlace, text("answer")) },
  });
  const archivePlace = { table: "privacy_request", column: "archive", id };
  await db.insert(privacyRequest).values({
    id,
    kind: "export",
    personId: id,
    archive: await encryptArchive(fields, archivePlace, Buffer.from(text("archive"))),
    archiveUntil: sql`clock_timestamp() + interval '1 day'`,
  });
  const tokenPlace = { table: "one_time_token", column: "data", id };
  const enrolmentId = uuidv7();
  const expiresAt = sql`clock_timestamp() + interval '1 day'`;
  await db.insert(oneTimeToken).values([
    {
      id,
      kind: "openid",
      data: { providerId: id, secrets: await fields.encrypt(tokenPlace, text("attempt")) },
      expiresAt,
    },
    {
      id: enrolmentId,
      kind: "totp_enrolment",
      personId: id,
      data: { secret: await fields.encrypt(totpPlace(id), text("enrolment")) },
      expiresAt,
    },
  ]);
  async function fieldOf(tokenId: string, field: string): Promise<string> {
    const [found] = await db
      .select({ value: sql<string>`${oneTimeToken.data} ->> ${field}` })
      .from(oneTimeToken)
      .where(eq(oneTimeToken.id, tokenId));
    return found?.value ?? "";
  }
  return [
    {
      text: text("answer"),
      read: async (reader: FieldCipher) => {
        const [found] = await db
          .select({ value: sql<string>`${idempotencyKey.answer} ->> 'e1'` })
          .from(idempotencyKey)
          .where(and(eq(idempotencyKey.scope, scope), eq(idempotencyKey.key, key)));
        return reader.decrypt(answerPlace, found?.value ?? "");
      },
    },
    {
      text: text("archive"),
      read: async (reader: FieldCipher) => {
        const [found] = await db.select().from(privacyRequest).where(eq(privacyRequest.id, id));
        const content = await decryptArchive(
          reader,
          archivePlace,
          found?.archive ?? Buffer.alloc(0),
        );
        return content.toString();
      },
    },
    {
      text: text("attempt"),
      read: async (reader: FieldCipher) => reader.decrypt(tokenPlace, await fieldOf(id, "secrets")),
    },
    {
      text: text("enrolment"),
      read: async (reader: FieldCipher) =>
        reader.decrypt(totpPlace(id), await fieldOf(enrolmentId, "secret")),
    },
  ];
}
