import type { Query, SQL } from "drizzle-orm";
import {
  PgPreparedQuery,
  type PgQueryResultHKT,
  PgSession,
  type PreparedQueryConfig,
} from "drizzle-orm/pg-core";
import { parameterSource, type ParameterSource, TypedDialect } from "./dialect.ts";
import { rowMapper, type RowMapper, type SelectedField } from "./rows.ts";
import type { ExecuteOptions, Executor, Statement } from "./statement.ts";

/** Answer of a statement whose rows nobody described: a write without RETURNING, or raw SQL. */
export interface RawResult<Row> {
  readonly rows: Row[];
  /** Rows read or written. */
  readonly count: number;
}

/** Tells Drizzle's builders what a write without RETURNING resolves to. */
export interface RawResultKind extends PgQueryResultHKT {
  readonly type: RawResult<this["row"]>;
}

export const dialect = new TypedDialect();

/** A statement that Drizzle built, which can run on any executor. */
export class CompiledStatement<Config extends PreparedQueryConfig> extends PgPreparedQuery<Config> {
  readonly text: string;
  readonly statement: Statement;
  /** Set by Drizzle's select builder after construction. */
  joinsNotNullableMap: Record<string, boolean> | undefined;
  readonly #sources: readonly ParameterSource[];
  readonly #fields: readonly SelectedField[] | undefined;
  readonly #executor: Executor | undefined;
  #mapper: RowMapper | undefined;

  constructor(
    executor: Executor | undefined,
    query: Query,
    fields: readonly SelectedField[] | undefined,
    name: string | undefined,
  ) {
    super(query, undefined, undefined, undefined);
    this.#executor = executor;
    this.#fields = fields;
    this.#sources = query.params.map(parameterSource);
    // The comment names the statement in pg_stat_activity, pg_stat_statements and pg_prepared_statements.
    this.text = name === undefined ? query.sql : `/* ${name} */ ${query.sql}`;
    this.statement = {
      name,
      text: this.text,
      prepare: name !== undefined,
      rowsAsArrays: fields !== undefined,
    };
  }

  override execute(values: Record<string, unknown> = {}): Promise<Config["execute"]> {
    if (!this.#executor)
      throw new TypeError("This query was built without a database: execute it on one");
    return this.executeOn(this.#executor, values);
  }

  /** Runs the statement where the caller says. */
  async executeOn(
    executor: Executor,
    values: Readonly<Record<string, unknown>>,
    options?: ExecuteOptions,
  ): Promise<Config["execute"]> {
    const parameters = this.#sources.map((source) => source(values));
    const { rows, count } = await executor.run(this.statement, parameters, options);
    if (!this.#fields) return { rows, count };
    this.#mapper ??= rowMapper(this.#fields, this.joinsNotNullableMap);
    const mapped: Record<string, unknown>[] = [];
    for (const row of rows) if (Array.isArray(row)) mapped.push(this.#mapper(row));
    return mapped;
  }
}

/** Drizzle's way to a connection: everything it builds becomes a CompiledStatement. */
export class Session extends PgSession<RawResultKind> {
  readonly #executor: Executor | undefined;

  /** @param executor where statements run that are awaited directly; without one, statements are only built */
  constructor(executor: Executor | undefined) {
    super(dialect);
    this.#executor = executor;
  }

  override prepareQuery<Config extends PreparedQueryConfig>(
    query: Query,
    fields: SelectedField[] | undefined,
    name: string | undefined,
  ): CompiledStatement<Config> {
    return new CompiledStatement<Config>(this.#executor, query, fields, name);
  }

  override async count(query: SQL): Promise<number> {
    const { rows } = await this.execute<RawResult<{ count: string }>>(query);
    return Number(rows[0]?.count ?? 0);
  }

  /** Drizzle's own transactions know neither deadlines nor dead connections. */
  override transaction(): never {
    throw new TypeError("Use transaction() of @lectern/database/transaction");
  }
}
