import { type GetColumnData, SQL } from "drizzle-orm";
import type { PgColumn, PgPreparedQuery, PreparedQueryConfig } from "drizzle-orm/pg-core";
import { codecOf, type Declaration, type ValueOf } from "./codecs.ts";
import { Slot } from "./driver/dialect.ts";
import type { FieldsByName } from "./driver/rows.ts";
import { CompiledStatement, dialect, type RunnableStatement } from "./driver/session.ts";
import {
  type ExecuteOptions,
  executorOf,
  type Queryable,
  type QueryBuilders,
  type RawResult,
  statementBuilders,
} from "./queryable.ts";

/** Parameters of a prepared query, by name: columns of the schema or codecs. */
export type Parameters = Readonly<Record<string, Declaration>>;

/** What an execution gives for them. */
export type Values<P extends Parameters> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/** What the query's author puts where a parameter belongs. */
export type Slots<P extends Parameters> = {
  readonly [Name in keyof P & string]: Slot<Name, ValueOf<P[Name]>>;
};

/** A query of Drizzle's, raw SQL, or raw SQL whose rows are described. */
export type Preparable =
  | { prepare(name: string): PgPreparedQuery<PreparedQueryConfig> }
  | SQL
  | DescribedRows<unknown>;

/** What executing it resolves to. */
export type ResultOf<Q> =
  Q extends DescribedRows<infer Row>
    ? Row[]
    : Q extends { prepare(name: string): PgPreparedQuery<infer Config> }
      ? Config["execute"]
      : RawResult<Record<string, unknown>>;

/** A statement that is written once, typed, and planned once by each connection. */
export interface PreparedQuery<V, R> {
  readonly name: string;
  /** As the server gets it. */
  readonly text: string;
  execute(db: Queryable, values: V, options?: ExecuteOptions): Promise<R>;
  /** The first row, or undefined: for look-ups by key. */
  first(db: Queryable, values: V, options?: ExecuteOptions): Promise<FirstOf<R> | undefined>;
}

type FirstOf<R> = R extends readonly (infer Row)[] ? Row : never;

/** Raw SQL that answers rows of a described shape. */
export interface DescribedRows<Row> {
  readonly kind: "described rows";
  readonly columns: Parameters;
  readonly statement: SQL;
  /** Never there: carries the type of a row. */
  readonly row?: Row;
}

const queries = new Map<string, PreparedQuery<never, unknown>>();

/** Every prepared query of the modules loaded so far, by name: for checks of all their plans. */
export function preparedQueries(): ReadonlyMap<string, PreparedQuery<never, unknown>> {
  return queries;
}

/**
 * Declares a query once, beside the feature that uses it. The server prepares it under its name the first time that a connection runs it, in a
 * transaction or out of it, and plans it once (`plan_cache_mode = force_generic_plan`).
 *
 *     const courseBySlug = prepared("courses.bySlug", { slug: course.slug }, (q, $) =>
 *       q.select({ id: course.id, title: course.title }).from(course).where(eq(course.slug, $.slug)));
 *     const found = await courseBySlug.first(db, { slug }, { signal });
 *
 *     const claim = prepared("bookings.claim", { runId: uuid, quantity: int4 }, (_, $) =>
 *       rows({ taken: int4 }, sql`update run_capacity set taken = taken + ${$.quantity} where run_id = ${$.runId} returning taken`));
 *
 * @param name unique, `feature.verb`: shows in pg_stat_activity and in errors
 * @param parameters a column takes that column's type, encoding included; codecs say it themselves
 * @param build gets Drizzle's query builders and the parameters' places; called once, at first use
 */
export function prepared<P extends Parameters, Q extends Preparable>(
  name: string,
  parameters: P,
  build: (q: QueryBuilders, $: Slots<P>) => Q,
): PreparedQuery<Values<P>, ResultOf<Q>> {
  let compiled: RunnableStatement | undefined;
  const statement = () =>
    (compiled ??= compile(name, build(statementBuilders(), slotsOf(parameters))));
  const query: PreparedQuery<Values<P>, ResultOf<Q>> = {
    name,
    get text() {
      return statement().statement.text;
    },
    async execute(db, values, options) {
      return await statement().executeOn<ConfigOf<Q>>(db[executorOf], values, options);
    },
    async first(db, values, options) {
      const result = await statement().executeOn<FirstConfigOf<Q>>(db[executorOf], values, options);
      return result[0];
    },
  };
  if (queries.has(name)) throw new TypeError(`Two prepared queries are called "${name}"`);
  queries.set(name, query);
  return query;
}

/**
 * Describes the rows that raw SQL answers, by the names of its columns; a column in snake_case serves a name in camelCase.
 * A declared column of the schema may be null here if it may be null there: nullable(…) for what an outer join may leave out.
 */
export function rows<C extends Parameters>(columns: C, statement: SQL): DescribedRows<RowOf<C>> {
  return { kind: "described rows", columns, statement };
}

/** A row of described columns. */
export type RowOf<C extends Parameters> = {
  [Name in keyof C]: C[Name] extends PgColumn ? GetColumnData<C[Name]> : ValueOf<C[Name]>;
};

interface ConfigOf<Q> extends PreparedQueryConfig {
  execute: ResultOf<Q>;
}

interface FirstConfigOf<Q> extends PreparedQueryConfig {
  execute: FirstOf<ResultOf<Q>>[];
}

function slotsOf<P extends Parameters>(parameters: P): Slots<P>;
function slotsOf(parameters: Parameters): Readonly<Record<string, Slot>> {
  const slots: Record<string, Slot> = {};
  for (const [name, declaration] of Object.entries(parameters)) {
    const codec = codecOf(declaration);
    slots[name] = new Slot(name, codec.sqlType, (value) => codec.mapToDriverValue(value));
  }
  return slots;
}

function compile(name: string, built: Preparable): RunnableStatement {
  if ("kind" in built)
    return new CompiledStatement(
      undefined,
      dialect.sqlToQuery(built.statement),
      describedFields(built),
      name,
    );
  if (built instanceof SQL)
    return new CompiledStatement(undefined, dialect.sqlToQuery(built), undefined, name);
  const statement = built.prepare(name);
  if (!(statement instanceof CompiledStatement))
    throw new TypeError(`"${name}" was built with another database's builders`);
  return statement;
}

function describedFields({ columns }: DescribedRows<unknown>): FieldsByName {
  return (names) =>
    Object.entries(columns).map(([key, declaration]) => {
      const index = names.findIndex((name) => name === key || camelCase(name) === key);
      if (index === -1)
        throw new TypeError(`The statement has no column for "${key}": it has ${names.join(", ")}`);
      return { index, path: [key], field: codecOf(declaration) };
    });
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
