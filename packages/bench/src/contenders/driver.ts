import postgres, { type ParameterOrJSON } from "postgres";

/**
 * The driver as one would use it without Lectern: its own pool, its own parsing, its own pipelining. Only what decides
 * about plans is the same as Lectern's, so that PostgreSQL does the same work for everybody.
 */
export interface Driver {
  /**
   * @param text constant, prepared once a connection
   * @returns rows as arrays, in the order of the columns
   */
  rows(text: string, parameters: readonly Parameter[]): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

export type Parameter = ParameterOrJSON<never>;

/** As many connections as Lectern opens by default. */
const POOL_SIZE = 10;

export function openDriver(databaseUrl: string): Driver {
  const sql = postgres(databaseUrl, {
    max: POOL_SIZE,
    onnotice: () => {},
    connection: { application_name: "bench-bare", plan_cache_mode: "force_generic_plan" },
  });
  return {
    rows: (text, parameters) =>
      sql.unsafe<Record<string, unknown>[]>(text, [...parameters], { prepare: true }).values(),
    close: () => sql.end({ timeout: 5 }),
  };
}
