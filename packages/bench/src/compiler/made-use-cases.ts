import type { Kind, Thing } from "./made-things.ts";

/** The sources of the use cases behind the procedures of a made router. */

/** What turns a row into an answer; in each look-up, as the lists and changes take it from there. */
function detailText({ type, fields }: Thing): string {
  return `/** @returns a row as the wire has it */
export function to${type}Detail(row: ${type}Row): ${type}Detail {
  return {
    ...row,
${fields.map((field) => `    ${field.name}: ${field.toWire},`).join("\n")}
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}`;
}

const IMPORTS_OF_CHANGES = `import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import type { Database } from "@lectern/database/queryable";`;

/** By what the procedure does. */
export const USE_CASES: Readonly<Record<Kind, (thing: Thing) => string>> = {
  list: ({ type, value, file }) => `import type { Database } from "@lectern/database/queryable";
import { Id, Instant } from "@lectern/contract/primitives";
import { and, asc, desc, gte, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { to${type}Detail } from "./find-${file}.ts";
import type { ${type}List, ${type}ListInput } from "./${file}.shapes.ts";
import { ${value} } from "./${file}.table.ts";

const CursorKey = z.tuple([Instant, Id]);

/** @throws Invalid for a cursor of another list */
export async function list${type}(
  db: Database,
  input: z.infer<typeof ${type}ListInput>,
): Promise<z.infer<typeof ${type}List>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isOldestFirst = input.sort === "oldest";
  const isWanted = and(
    input.statuses ? inArray(${value}.status, input.statuses) : undefined,
    input.from ? gte(${value}.createdAt, new Date(input.from)) : undefined,
    input.to ? lt(${value}.createdAt, new Date(input.to)) : undefined,
    input.query ? sql\`strpos(\${${value}}::text, \${input.query}) > 0\` : undefined,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql\`(\${${value}.createdAt}, \${${value}.id}) < (\${after[0]}::timestamptz, \${after[1]}::uuid)\`;
  const [rows, total] = await Promise.all([
    db
      .select()
      .from(${value})
      .where(and(isWanted, isAfter))
      .orderBy(
        isOldestFirst ? asc(${value}.createdAt) : desc(${value}.createdAt),
        isOldestFirst ? asc(${value}.id) : desc(${value}.id),
      )
      .limit(input.limit + 1),
    db.$count(${value}, isWanted),
  ]);
  const found = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? found.at(-1) : undefined;
  return {
    items: found.map((row) => to${type}Detail(row)),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}
`,
  find: (thing) => `import type { Database } from "@lectern/database/queryable";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../domain-error.ts";
import type { ${thing.type}Detail, ${thing.type}FindInput } from "./${thing.file}.shapes.ts";
import { ${thing.value}, type ${thing.type}Row } from "./${thing.file}.table.ts";

${detailText(thing)}

/** @throws NotFound */
export async function find${thing.type}(
  db: Database,
  input: z.infer<typeof ${thing.type}FindInput>,
): Promise<${thing.type}Detail> {
  const [row] = await db.select().from(${thing.value}).where(eq(${thing.value}.id, input.id));
  if (row === undefined) throw notFound("course", input.id);
  return to${thing.type}Detail(row);
}
`,
  create: ({ type, value, file, fields }) => `${IMPORTS_OF_CHANGES}
import { uuidv7 } from "uuidv7";
import { to${type}Detail } from "./find-${file}.ts";
import { ${type}Detail, type ${type}CreateInput } from "./${file}.shapes.ts";
import { ${value} } from "./${file}.table.ts";

/** @throws Conflict where there is one just like it; IdempotencyMismatch */
export async function create${type}(
  db: Database,
  call: Call,
  input: z.infer<typeof ${type}CreateInput>,
): Promise<${type}Detail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "${value}.create", input, ${type}Detail, () => create(tx, call, input)),
  );
}

async function create(
  tx: Transaction,
  call: Call,
  input: z.infer<typeof ${type}CreateInput>,
): Promise<${type}Detail> {
  const [twin] = await tx
    .select({ id: ${value}.id, version: ${value}.version })
    .from(${value})
    .where(and(eq(${value}.id, input.idempotencyKey), sql\`\${${value}.version} > 0\`));
  if (twin !== undefined) throw conflict("course", "already_exists", "There is one already.", twin.id);
  const [row] = await tx
    .insert(${value})
    .values({
      id: uuidv7(),
${fields.map((field) => `      ${field.name}: ${field.toRow},`).join("\n")}
    })
    .returning();
  if (row === undefined) throw notFound("course", input.idempotencyKey);
  await recordAudit(tx, call, {
    action: "${value}.create",
    entity: "${value}",
    entityId: row.id,
    before: null,
    after: { status: row.status },
  });
  return to${type}Detail(row);
}
`,
  change: ({ type, value, file, fields }) => `${IMPORTS_OF_CHANGES}
import { to${type}Detail } from "./find-${file}.ts";
import { ${type}Detail, type ${type}ChangeInput } from "./${file}.shapes.ts";
import { ${value} } from "./${file}.table.ts";

/** @throws NotFound; Conflict when somebody else changed it since it was read; IdempotencyMismatch */
export async function change${type}(
  db: Database,
  call: Call,
  input: z.infer<typeof ${type}ChangeInput>,
): Promise<${type}Detail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "${value}.change", input, ${type}Detail, () => change(tx, call, input)),
  );
}

async function change(
  tx: Transaction,
  call: Call,
  input: z.infer<typeof ${type}ChangeInput>,
): Promise<${type}Detail> {
  const [found] = await tx.select().from(${value}).where(eq(${value}.id, input.id)).for("update");
  if (found === undefined) throw notFound("course", input.id);
  if (found.version !== input.version)
    throw conflict("course", "changed_meanwhile", "Read it again.", found.status);
  const [row] = await tx
    .update(${value})
    .set({
${fields.map((field) => `      ...(input.${field.name} !== undefined && { ${field.name}: ${field.toRow} }),`).join("\n")}
      version: sql\`\${${value}.version} + 1\`,
      updatedAt: sql\`clock_timestamp()\`,
    })
    .where(and(eq(${value}.id, input.id), eq(${value}.version, input.version)))
    .returning();
  if (row === undefined) throw notFound("course", input.id);
  await recordAudit(tx, call, {
    action: "${value}.change",
    entity: "${value}",
    entityId: input.id,
    before: { version: found.version },
    after: { version: row.version },
  });
  return to${type}Detail(row);
}
`,
  end: ({ type, value, file }) => `${IMPORTS_OF_CHANGES}
import { ${type}Ended, type ${type}EndInput } from "./${file}.shapes.ts";
import { ${value} } from "./${file}.table.ts";

/** @throws NotFound; Conflict when somebody else changed it since it was read; IdempotencyMismatch */
export async function end${type}(
  db: Database,
  call: Call,
  input: z.infer<typeof ${type}EndInput>,
): Promise<z.infer<typeof ${type}Ended>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "${value}.end", input, ${type}Ended, () => end(tx, call, input)),
  );
}

async function end(tx: Transaction, call: Call, input: z.infer<typeof ${type}EndInput>) {
  const [row] = await tx
    .update(${value})
    .set({ status: input.to, version: sql\`\${${value}.version} + 1\`, updatedAt: sql\`clock_timestamp()\` })
    .where(and(eq(${value}.id, input.id), eq(${value}.version, input.version)))
    .returning({ id: ${value}.id, status: ${value}.status, updatedAt: ${value}.updatedAt });
  if (row === undefined) {
    const [found] = await tx
      .select({ status: ${value}.status })
      .from(${value})
      .where(eq(${value}.id, input.id));
    if (found === undefined) throw notFound("course", input.id);
    throw conflict("course", "changed_meanwhile", "Read it again.", found.status);
  }
  await recordAudit(tx, call, {
    action: "${value}.end",
    entity: "${value}",
    entityId: row.id,
    before: null,
    after: { status: row.status, hasReason: input.reason != null },
  });
  return { id: row.id, status: row.status, endedAt: row.updatedAt.toISOString() };
}
`,
};
