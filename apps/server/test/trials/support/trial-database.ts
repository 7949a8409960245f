import type { ConnectOptions } from "@lectern/database/connect";
import { type TestDatabase, createDatabaseFrom } from "@lectern/database/testing/create-database";
import { startTestServer } from "@lectern/database/testing/test-server";

/** A migrated database of a trial's own, on a PostgreSQL in memory. */
export type TrialDatabase = TestDatabase;

export interface TrialServer extends AsyncDisposable {
  /** @returns a database that is migrated and empty */
  createDatabase(options?: Partial<ConnectOptions>): Promise<TrialDatabase>;
}

/** Starts a PostgreSQL for trials. */
export async function startTrialServer(): Promise<TrialServer> {
  const server = await startTestServer(undefined);
  return {
    createDatabase: (options) =>
      createDatabaseFrom(server, {
        poolSize: 10,
        applicationName: "lectern-trial",
        ...options,
      }),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
