import type { Query, SQL } from "drizzle-orm";
import {
  PgPreparedQuery,
  type PgQueryResultHKT,
  PgSession,
  type PreparedQueryConfig,
  type SelectedFieldsOrdered,
} from "drizzle-orm/pg-core";
import { parameterSource, type ParameterSource, TypedDialect } from "./dialect.ts";
import { type FieldsByName, rowMapper, type RowMapper, type SelectedField } from "./rows.ts";
import type { ExecuteOptions, Executor, Statement, StatementAnswer } from "./statement.ts";

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

/** A statement without a place to run. */
export interface RunnableStatement {
  readonly statement: Statement;
  /** Runs it where the caller says. What comes back is what Drizzle's builders or a description of rows say: `As`. */
  executeOn<As extends PreparedQueryConfig>(
    executor: Executor,
    values: Readonly<Record<string, unknown>>,
    options?: ExecuteOptions,
  ): Promise<As["execute"]>;
}

/** A statement that Drizzle built, which can run on any executor. */
export class CompiledStatement<Config extends PreparedQueryConfig>
  extends PgPreparedQuery<Config>
  implements RunnableStatement
{
  readonly statement: Statement;
  /** Set by Drizzle's select builder after construction. */
  joinsNotNullableMap: Record<string, boolean> | undefined;
  readonly #executor: Executor | undefined;
  readonly #sources: readonly ParameterSource[];
  readonly #fields: readonly SelectedField[] | FieldsByName | undefined;
  readonly #mappers = new WeakMap<object, RowMapper>();

  /** @param executor for execute(); without one the statement runs by executeOn() alone */
  constructor(
    executor: Executor | undefined,
    query: Query,
    fields: readonly SelectedField[] | FieldsByName | undefined,
    name: string | undefined,
  ) {
    super(query, undefined, undefined, undefined);
    this.#executor = executor;
    this.#fields = fields;
    this.#sources = query.params.map(parameterSource);
    this.statement = {
      name,
      // The comment names the statement in pg_stat_activity, pg_stat_statements and pg_prepared_statements.
      text: name === undefined ? query.sql : `/* ${name} */ ${query.sql}`,
      prepare: name !== undefined,
      rowsAsArrays: fields !== undefined,
    };
  }

  override execute(values: Record<string, unknown> = {}): Promise<Config["execute"]> {
    if (!this.#executor)
      throw new TypeError("This query was built without a database: execute it on one");
    return this.executeOn<Config>(this.#executor, values);
  }

  async executeOn<As extends PreparedQueryConfig>(
    executor: Executor,
    values: Readonly<Record<string, unknown>>,
    options?: ExecuteOptions,
  ): Promise<As["execute"]> {
    const parameters = this.#sources.map((source) => source(values));
    const answer = await executor.run(this.statement, parameters, options);
    if (!this.#fields) return { rows: answer.rows, count: answer.count };
    const map = this.#mapper(this.#fields, answer.columns);
    const mapped: Record<string, unknown>[] = [];
    for (const row of answer.rows) if (Array.isArray(row)) mapped.push(map(row));
    return mapped;
  }

  #mapper(
    fields: readonly SelectedField[] | FieldsByName,
    columns: StatementAnswer["columns"],
  ): RowMapper {
    const key = typeof fields === "function" ? columns : fields;
    let mapper = this.#mappers.get(key);
    if (!mapper) {
      const found = typeof fields === "function" ? fields(columns.map(({ name }) => name)) : fields;
      mapper = rowMapper(found, this.joinsNotNullableMap);
      this.#mappers.set(key, mapper);
    }
    return mapper;
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
    fields: SelectedFieldsOrdered | undefined,
    name: string | undefined,
  ): CompiledStatement<Config> {
    const indexed = fields?.map(({ path, field }, index) => ({ index, path, field }));
    return new CompiledStatement<Config>(this.#executor, query, indexed, name);
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
