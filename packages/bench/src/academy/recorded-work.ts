import { randomUUID } from "node:crypto";
import { appRouter } from "@lectern/api/app-router";
import { createLiveStates } from "@lectern/api/shared/live/live";
import { accessKeys, createAccessSecret } from "@lectern/auth/access-key";
import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import { fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { fixedKeyring } from "@lectern/auth/encryption/fixed-keyring";
import { createOpenIdProviders } from "@lectern/auth/openid/openid-providers";
import { createPasswords } from "@lectern/auth/passwords/passwords";
import { createSessions } from "@lectern/auth/sessions/sessions";
import { NO_BROWSER } from "@lectern/api/trpc/context";
import { connect } from "@lectern/database/connect";
import { PoolExecutor } from "@lectern/database/driver/pool-executor";
import type {
  ExecuteOptions,
  Statement,
  StatementAnswer,
} from "@lectern/database/driver/statement";
import type { WireValue } from "@lectern/database/driver/values";
import { DatabaseHandle, executorOf } from "@lectern/database/queryable";

/** A statement that Lectern sent, as it sent it. */
export interface RecordedStatement {
  readonly text: string;
  readonly parameters: readonly WireValue[];
  readonly isPrepared: boolean;
}

/** Runs what it is given as the pool does, and remembers it. */
class Recorder extends PoolExecutor {
  readonly statements: RecordedStatement[] = [];

  override run(
    statement: Statement,
    parameters: readonly WireValue[],
    options?: ExecuteOptions,
  ): Promise<StatementAnswer> {
    const { text, prepare } = statement;
    this.statements.push({ text, parameters, isPrepared: prepare });
    return super.run(statement, parameters, options);
  }

  /** The recording goes on, whoever may stop listening. */
  override withSignal(): PoolExecutor {
    return this;
  }
}

type Caller = ReturnType<typeof appRouter.createCaller>;

/** Calls Lectern's procedures and tells which SQL each call took: what the other contenders then run, too. */
export interface Recording extends AsyncDisposable {
  /**
   * @param sessionToken of the browser that calls, where somebody is signed in
   * @returns the answer as JSON, and the statements in the order in which they were sent; those that tell whose
   *   session it is come first
   */
  record<T>(
    call: (caller: Caller) => Promise<T>,
    sessionToken?: string,
  ): Promise<{ answer: T; statements: readonly RecordedStatement[] }>;
}

export async function openRecording(databaseUrl: string): Promise<Recording> {
  const db = await connect({ url: databaseUrl, poolSize: 1 });
  const keys = accessKeys(createAccessSecret());
  const live = createLiveStates(db);
  const auth = {
    sessions: createSessions({ secondFactor: "staff", onFault: () => {} }),
    passwords: await createPasswords(),
    publicUrl: undefined,
    academy: "Lectern",
    openid: createOpenIdProviders({ allowsLocal: false }),
    resolveTxt: () => Promise.resolve([]),
  };
  return {
    async record(call, sessionToken) {
      const recorder = new Recorder(db[executorOf].pool);
      const recorded = new DatabaseHandle(recorder, db.serverVersion);
      const person =
        sessionToken === undefined
          ? undefined
          : await auth.sessions.validate(recorded, sessionToken);
      if (sessionToken !== undefined && person === undefined)
        throw new Error("This is nobody's session");
      const caller = appRouter.createCaller({
        db: recorded,
        actor: person ?? PUBLIC_ACTOR,
        origin: { address: null, client: null },
        requestId: randomUUID(),
        accessKeys: keys,
        fields: fieldCipher(fixedKeyring()),
        language: null,
        changed: () => {},
        live,
        auth,
        browser: NO_BROWSER,
      });
      return { answer: await call(caller), statements: recorder.statements };
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

/**
 * For work that is one statement, whatever is asked.
 *
 * @param calls by a key of theirs
 * @param sessionTokens by the same keys, of calls by somebody who is signed in
 * @returns its text, and the parameters by key
 * @throws Error when the calls differ in their statements: the other contenders can't do the same work then
 */
export async function recordOneStatement(
  recording: Recording,
  calls: ReadonlyMap<string, (caller: Caller) => Promise<unknown>>,
  sessionTokens: ReadonlyMap<string, string> = new Map(),
): Promise<RecordedQuery> {
  let text: string | undefined;
  let isPrepared = true;
  const parameters: Record<string, readonly WireValue[]> = {};
  for (const [key, call] of calls) {
    const { statements } = await recording.record(call, sessionTokens.get(key));
    const [statement] = statements;
    if (statement === undefined || statements.length !== 1)
      throw new Error(`Lectern sends ${statements.length} statements for "${key}", and not one`);
    if (text !== undefined && text !== statement.text)
      throw new Error(`Lectern sends another statement for "${key}" than for what came before`);
    ({ text, isPrepared } = statement);
    parameters[key] = statement.parameters;
  }
  if (text === undefined) throw new RangeError("There was nothing to record");
  return { text, isPrepared, parameters };
}

export interface RecordedQuery {
  readonly text: string;
  readonly isPrepared: boolean;
  readonly parameters: Readonly<Record<string, readonly WireValue[]>>;
}

/** @returns a query as the other contenders' servers are given it */
export function givenQuery({ text, parameters }: RecordedQuery) {
  return {
    text,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, values]) => [key, [...values]]),
    ),
  };
}
