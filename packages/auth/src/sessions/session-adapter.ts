import type { Database } from "@lectern/database/queryable";
import { authSession } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import type { Adapter, DatabaseSession, DatabaseUser, Lucia } from "lucia";
import { hashOfSecret, parseSplitToken } from "../split-token.ts";
import { findSession, type SessionRow } from "./find-session.ts";

/** What a session is made with, beside whose it is. */
export interface SessionAttributes {
  readonly method: SessionRow["method"];
  readonly hasSecondFactor: boolean;
  readonly address: string | null;
  readonly client: string | null;
  readonly endsAt: Date;
}

declare module "lucia" {
  interface Register {
    Lucia: Lucia<Record<never, never>, { readonly row: SessionRow }>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: { readonly row: SessionRow };
  }
}

/**
 * What Lucia keeps its sessions in. Lucia knows sessions by one text: here it hands over a token of two
 * halves, and gets the public half back. Nothing but a session and its owner together is ever
 * answered, as Lucia deletes a session that comes without one.
 */
export class SessionAdapter implements Adapter {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** One query: expiries and the owner's standing are judged in it, by the database's clock. */
  async getSessionAndUser(
    token: string,
  ): Promise<[session: DatabaseSession | null, user: DatabaseUser | null]> {
    const row = await findSession(this.#db, token);
    if (row === undefined) return [null, null];
    const { sessionId: id, personId: userId, endsAt, method, hasSecondFactor } = row;
    const attributes = { method, hasSecondFactor, address: null, client: null, endsAt };
    return [
      { id, userId, expiresAt: row.expiresAt, attributes },
      { id: userId, attributes: { row } },
    ];
  }

  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const found = await this.#db.select().from(authSession).where(eq(authSession.personId, userId));
    return found.map(({ id, expiresAt, endsAt, method, secondFactorAt, address, client }) => ({
      id,
      userId,
      expiresAt,
      attributes: { method, hasSecondFactor: secondFactorAt !== null, address, client, endsAt },
    }));
  }

  /** @param session its id is the whole token */
  async setSession(session: DatabaseSession): Promise<void> {
    const token = parseSplitToken(session.id);
    if (token === undefined) throw new Error("A session needs a token of two halves");
    const { attributes, userId, expiresAt } = session;
    await this.#db.insert(authSession).values({
      id: token.id,
      personId: userId,
      secretHash: hashOfSecret(token.secret),
      method: attributes.method,
      secondFactorAt: attributes.hasSecondFactor ? sql`clock_timestamp()` : null,
      address: attributes.address,
      client: attributes.client,
      expiresAt: expiresAt < attributes.endsAt ? expiresAt : attributes.endsAt,
      endsAt: attributes.endsAt,
    });
  }

  /**
   * Leaves it as it is: our own touch moves the expiry on, once an hour. Lucia would have it written with each
   * request once a session ends within half the time that it may lie idle, as all sessions of staff do.
   */
  updateSessionExpiration(): Promise<void> {
    return Promise.resolve();
  }

  async deleteSession(sessionId: string): Promise<void> {
    await this.#db.delete(authSession).where(eq(authSession.id, sessionId));
  }

  async deleteUserSessions(userId: string): Promise<void> {
    await this.#db.delete(authSession).where(eq(authSession.personId, userId));
  }

  async deleteExpiredSessions(): Promise<void> {
    await this.#db.delete(authSession).where(sql`${authSession.expiresAt} <= clock_timestamp()`);
  }
}
