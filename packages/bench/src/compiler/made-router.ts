import { type Kind, PROCEDURES, type Thing, thingsFor } from "./made-things.ts";
import { USE_CASES } from "./made-use-cases.ts";

/**
 * A router of as many procedures as are asked for, as Lectern's own would be written: features of several things each,
 * and for each thing a table, its shapes, and a list, a look-up and three changes, one use case a file. Made of nothing
 * but counting, so that it is the same each time.
 */

/** A procedure that there is. */
interface Made {
  readonly kind: Kind;
  readonly thing: Thing;
}

/** Text by the path of its file. */
export type Files = ReadonlyMap<string, string>;

/**
 * @param procedures how many
 * @returns the sources of features, and of `app-router.ts`, below `packages/api/src`
 * @throws RangeError for more than there can be, or none
 */
export function madeRouter(procedures: number): Files {
  const things = thingsFor(procedures);
  const files = new Map<string, string>();
  for (const thing of things) {
    const folder = `features/${thing.feature}`;
    files.set(`${folder}/${thing.file}.table.ts`, tableText(thing));
    files.set(`${folder}/${thing.file}.shapes.ts`, shapesText(thing));
    for (const kind of PROCEDURES)
      files.set(`${folder}/${kind}-${thing.file}.ts`, USE_CASES[kind](thing));
  }
  const features = [...Map.groupBy(things, ({ feature }) => feature)];
  for (const [feature, ofFeature] of features)
    files.set(`features/${feature}/${feature}.router.ts`, routerText(feature, ofFeature));
  files.set("app-router.ts", appRouterText(features.map(([feature]) => feature)));
  return files;
}

/**
 * @param procedures of how many
 * @param calls how many calls, spread over all features and of all kinds
 * @returns a program that uses the client
 */
export function madeProgram(procedures: number, calls: number): string {
  const things = thingsFor(procedures);
  const called = Array.from({ length: calls }, (_, index): Made | undefined => {
    const thing = things[Math.floor((index * things.length) / calls)];
    const kind = PROCEDURES[index % PROCEDURES.length];
    return thing && kind && { thing, kind };
  });
  return [
    'import { type RouterOutputs, createClient, isLecternError } from "@lectern/client";',
    'const client = createClient({ url: "http://localhost:3000" });',
    ...called.filter((one) => one !== undefined).map(callText),
  ].join("\n");
}

function tableText({ type, value, file, statuses, fields }: Thing): string {
  const name = file.replaceAll("-", "_");
  return `import { createdAt, id, instant, instantOrNever, updatedAt, version } from "@lectern/database/schema/columns";
import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, jsonb, pgEnum, pgTable, text } from "drizzle-orm/pg-core";

export const ${value}Status = pgEnum("${name}_status", ${JSON.stringify(statuses)});

export const ${value} = pgTable(
  "${name}",
  {
    id: id(),
    status: ${value}Status("status").notNull().default("${statuses[0] ?? ""}"),
${fields.map((field) => `    ${field.name}: ${field.column},`).join("\n")}
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("${name}_version_positive", sql\`\${table.version} > 0\`),
    index("${name}_status_idx").on(table.status, table.createdAt.desc(), table.id.desc()),
  ],
);
export type ${type}Row = typeof ${value}.$inferSelect;
`;
}

function shapesText({ type, statuses, fields }: Thing): string {
  const shapes = fields.map((field) => `  ${field.name}: ${field.shape},`).join("\n");
  return `import {
  CountryCode, CourseCode, Email, Id, IdempotencyKey, Instant, LanguageTag, LocalDate, Money, PageInput, Version, WebUrl, line, multiline, page,
} from "@lectern/contract/primitives";
import { z } from "zod";

export const ${type}Status = z.enum(${JSON.stringify(statuses)});

export const ${type}Fields = z.object({
${shapes}
});

export const ${type}Detail = ${type}Fields.extend({
  id: Id,
  status: ${type}Status,
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
});
export type ${type}Detail = z.infer<typeof ${type}Detail>;

export const ${type}ListInput = PageInput.extend({
  query: line(200).nullish(),
  statuses: z.array(${type}Status).max(${statuses.length}).nullish(),
  from: Instant.nullish(),
  to: Instant.nullish(),
  sort: z.enum(["newest", "oldest"]).nullish(),
});
export const ${type}List = page(${type}Detail);
export const ${type}FindInput = z.object({ id: Id });
export const ${type}CreateInput = ${type}Fields.extend({ idempotencyKey: IdempotencyKey });
export const ${type}ChangeInput = ${type}Fields.partial().extend({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});
export const ${type}EndInput = z.object({
  id: Id,
  version: Version,
  to: ${type}Status,
  reason: line(500).nullish(),
  idempotencyKey: IdempotencyKey,
});
export const ${type}Ended = z.object({ id: Id, status: ${type}Status, endedAt: Instant });
`;
}

function routerText(feature: string, things: readonly Thing[]): string {
  return [
    'import { mayFail } from "../../trpc/errors.ts";',
    'import { router } from "../../trpc/init.ts";',
    'import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";',
    ...things.flatMap(({ type, file }) => [
      ...PROCEDURES.map((kind) => `import { ${kind}${type} } from "./${kind}-${file}.ts";`),
      `import {`,
      `  ${type}ChangeInput, ${type}CreateInput, ${type}Detail, ${type}EndInput, ${type}Ended, ${type}FindInput, ${type}List, ${type}ListInput,`,
      `} from "./${file}.shapes.ts";`,
    ]),
    `export const ${feature}Router = router({`,
    ...things.map(
      ({ type, short }, index) => `  list${short}: publicProcedure
    .input(${type}ListInput)
    .output(${type}List)
    .query((opts) => list${type}(opts.ctx.db, opts.input)),

  find${short}: ${index % 2 === 0 ? "publicProcedure" : 'staffProcedure("enquiries.read")'}
    .errors(mayFail("NotFound"))
    .input(${type}FindInput)
    .output(${type}Detail)
    .query((opts) => find${type}(opts.ctx.db, opts.input)),

  create${short}: staffProcedure("enquiries.write")
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(${type}CreateInput)
    .output(${type}Detail)
    .mutation((opts) => create${type}(opts.ctx.db, callOf(opts), opts.input)),

  change${short}: staffProcedure("enquiries.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(${type}ChangeInput)
    .output(${type}Detail)
    .mutation((opts) => change${type}(opts.ctx.db, callOf(opts), opts.input)),

  end${short}: staffProcedure("payments.write"${index % 2 === 0 ? "" : ", { needsConfirmation: true }"})
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(${type}EndInput)
    .output(${type}Ended)
    .mutation((opts) => end${type}(opts.ctx.db, callOf(opts), opts.input)),
`,
    ),
    "});",
  ].join("\n");
}

/** As Lectern's own: the features are written out. */
function appRouterText(features: readonly string[]): string {
  return [
    ...features.map(
      (feature) => `import { ${feature}Router } from "./features/${feature}/${feature}.router.ts";`,
    ),
    'import { router } from "./trpc/init.ts";',
    "export type Features = {",
    ...features.map((feature) => `  ${feature}: typeof ${feature}Router;`),
    "};",
    "const features: Features = {",
    ...features.map((feature) => `  ${feature}: ${feature}Router,`),
    "};",
    "export const appRouter = router(features);",
    "export type AppRouter = typeof appRouter;",
  ].join("\n");
}

function callText({ kind, thing }: Made, index: number): string {
  const procedure = `client.${thing.feature}.${kind}${thing.short}`;
  const [status = ""] = thing.statuses;
  const [field] = thing.fields;
  const fields = thing.fields.map(({ name, sample }) => `${name}: ${sample}`).join(", ");
  const key = 'idempotencyKey: "k".repeat(20)';
  const answer = `answer${index}`;
  switch (kind) {
    case "list":
      return `const ${answer} = await ${procedure}.query({ limit: 5, statuses: ["${status}"] });
export const ids${index}: string[] = ${answer}.items.filter((item) => item.status === "${status}").map((item) => item.id);`;
    case "find":
      return `const ${answer} = await ${procedure}.query({ id: "1" });
export const fields${index} = [${answer}.${field?.name ?? "id"}, ${answer}.version + 1];`;
    case "create":
      return `export const ${answer}: RouterOutputs["${thing.feature}"]["create${thing.short}"] = await ${procedure}.mutate({ ${fields}, ${key} });`;
    case "change":
      return `const ${answer} = await ${procedure}.mutate({ id: "1", version: 1, ${field?.name ?? "id"}: ${field?.sample ?? '""'}, ${key} });
export const version${index}: number = ${answer}.version;`;
    case "end":
      return `try {
  await ${procedure}.mutate({ id: "1", version: 1, to: "${status}", ${key} });
} catch (error) {
  if (!isLecternError(error, "Conflict")) throw error;
  const reason: string = error.data.reason;
  process.stdout.write(reason);
}`;
  }
}
