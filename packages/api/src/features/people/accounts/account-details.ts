import { decryptOrNull, encryptOrNull } from "@lectern/auth/encryption/field-cipher";
import { Account, type UpdateAccountInput } from "@lectern/contract/accounts";
import type { Database, Queryable } from "@lectern/database/queryable";
import { password, person } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { requireTimeZone } from "../../../shared/zoned-time.ts";
import type { PersonCall } from "./person-call.ts";

type UpdateInput = z.infer<typeof UpdateAccountInput>;

/** The columns that are encrypted. */
const ENCRYPTED = {
  phone: "phone",
  address: "address",
  dietaryNeeds: "dietary_needs",
  accessNeeds: "access_needs",
} as const;

function placeOf(field: keyof typeof ENCRYPTED, id: string) {
  return { table: "person", column: ENCRYPTED[field], id };
}

/**
 * What the academy knows of somebody, as they see it themselves.
 *
 * @throws NotFound
 */
export async function readAccount(db: Queryable, call: Call, id: string): Promise<Account> {
  const [row] = await db
    .select({ person, hasPassword: sql<boolean>`${password.personId} IS NOT NULL` })
    .from(person)
    .leftJoin(password, eq(password.personId, person.id))
    .where(eq(person.id, id));
  if (row === undefined) throw notFound("person", id);
  const { person: found, hasPassword } = row;
  const open = (field: keyof typeof ENCRYPTED) =>
    decryptOrNull(call.fields, placeOf(field, id), found[field]);
  return {
    id,
    name: found.name,
    email: found.email,
    language: found.language,
    timeZone: found.timeZone,
    phone: await open("phone"),
    address: await open("address"),
    dietaryNeeds: await open("dietaryNeeds"),
    accessNeeds: await open("accessNeeds"),
    hasPassword,
    createdAt: found.createdAt.toISOString(),
    version: found.version,
  };
}

/**
 * Changes what somebody told of themselves; what is not given stays.
 *
 * @throws Invalid for a time zone that does not exist, Conflict `changed_meanwhile`, IdempotencyMismatch
 */
export async function updateAccount(
  db: Database,
  call: PersonCall,
  input: UpdateInput,
): Promise<Account> {
  if (input.timeZone != null) requireTimeZone(input.timeZone, "timeZone");
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "account.update", input, Account, () => update(tx, call, input)),
  );
}

async function update(tx: Transaction, call: PersonCall, input: UpdateInput): Promise<Account> {
  const { id } = call.actor;
  const seal = async (field: keyof typeof ENCRYPTED) =>
    input[field] === undefined
      ? {}
      : { [field]: await encryptOrNull(call.fields, placeOf(field, id), input[field]) };
  const changed = await tx
    .update(person)
    .set({
      ...(input.name !== undefined && { name: input.name }),
      ...(input.language !== undefined && { language: input.language }),
      ...(input.timeZone !== undefined && { timeZone: input.timeZone }),
      ...(await seal("phone")),
      ...(await seal("address")),
      ...(await seal("dietaryNeeds")),
      ...(await seal("accessNeeds")),
      version: sql`${person.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(person.id, id), eq(person.version, input.version)))
    .returning({ id: person.id });
  if (changed.length === 0) {
    throw conflict(
      "person",
      "changed_meanwhile",
      "Your account was changed elsewhere since you read it: read it again.",
    );
  }
  const { idempotencyKey: _, version: __, ...fields } = input;
  await recordAudit(tx, call, {
    action: "person.update",
    entity: "person",
    entityId: id,
    before: null,
    after: { fields: Object.keys(fields) },
  });
  return readAccount(tx, call, id);
}
