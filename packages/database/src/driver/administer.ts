import postgres from "postgres";
import type { WireValue } from "./values.ts";

/** A connection for what no pool of Lectern's does: databases and roles, made and dropped. */
export interface Administration extends AsyncDisposable {
  /** Runs SQL that the caller has composed of trusted parts alone, see quoteIdentifier(). @returns the rows */
  run(text: string, parameters?: readonly WireValue[]): Promise<readonly Record<string, unknown>[]>;
}

/** Connects with the first statement. */
export function administer(url: string): Administration {
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    connect_timeout: 10,
    onnotice: () => {},
  });
  return {
    run: (text, parameters = []) => sql.unsafe(text, [...parameters]),
    [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }),
  };
}

/** PostgreSQL manual, 4.1.1. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
