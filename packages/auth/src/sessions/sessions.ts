import type { SignInMethod } from "@lectern/contract/vocabulary";
import { int4, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { Lucia, TimeSpan } from "lucia";
import type { PersonActor } from "../actor.ts";
import { type Grant, grantOf, isStaffRole } from "../roles.ts";
import { formatSplitToken, newSplitToken } from "../split-token.ts";
import type { SessionRow } from "./find-session.ts";
import { SessionAdapter } from "./session-adapter.ts";

/** A session that is not used for so long is over. */
const IDLE_DAYS = 14;
/** However much it is used; staff may do more, and sign in more often. */
export const END_DAYS = { person: 90, staff: 7 } as const;

/** Of whom a second factor is asked. */
export type SecondFactorPolicy = "nobody" | "staff" | "everyone";

export interface SessionOptions {
  readonly secondFactor: SecondFactorPolicy;
  /** A session could not be marked as used; nothing depends on it. */
  readonly onFault: (error: unknown) => void;
}

export interface NewSession {
  readonly personId: string;
  readonly method: SignInMethod;
  readonly hasSecondFactor: boolean;
  /** Whether they work for the academy: their sessions end sooner. */
  readonly isStaff: boolean;
  readonly address: string | null;
  readonly client: string | null;
}

/** A session as its browser gets it. */
export interface GivenSession {
  /** What the browser shows: a secret. */
  readonly token: string;
  /** Its public half. */
  readonly id: string;
  readonly endsAt: Date;
}

/** The signed-in browsers of people. Lucia behind it, which nothing else knows of. */
export interface Sessions {
  /** @returns whether policy asks a second factor of somebody with these roles */
  asksSecondFactor(grants: readonly Grant[]): boolean;
  /** @returns who shows this token, or `undefined`; one query, and no write but once an hour */
  validate(db: Database, token: string): Promise<PersonActor | undefined>;
  /** Begins a session, always with a token of its own: one that was there before is never taken over. */
  begin(db: Database, session: NewSession): Promise<GivenSession>;
  /** Ends one. */
  end(db: Database, sessionId: string): Promise<void>;
}

const touch = prepared("auth.touchSession", { id: text, idleDays: int4 }, (_, $) =>
  rows(
    { id: text },
    sql`UPDATE auth_session SET last_seen_at = clock_timestamp(),
        expires_at = least(clock_timestamp() + make_interval(days => ${$.idleDays}), ends_at)
      WHERE id = ${$.id} AND last_seen_at < clock_timestamp() - interval '1 hour' RETURNING id`,
  ),
);

function createLucia(db: Database) {
  return new Lucia(new SessionAdapter(db), {
    sessionExpiresIn: new TimeSpan(IDLE_DAYS, "d"),
    getUserAttributes: ({ row }) => ({ row }),
  });
}

/** Of each handle of a database: requests are recognised through one that they share. */
const lucias = new WeakMap<Database, ReturnType<typeof createLucia>>();

function luciaOn(db: Database): ReturnType<typeof createLucia> {
  let lucia = lucias.get(db);
  if (lucia === undefined) {
    lucia = createLucia(db);
    lucias.set(db, lucia);
  }
  return lucia;
}

/** @returns the sessions of an academy with this policy */
export function createSessions({ secondFactor, onFault }: SessionOptions): Sessions {
  function asksSecondFactor(grants: readonly Grant[]): boolean {
    if (secondFactor === "staff") return grants.some(({ role }) => isStaffRole(role));
    return secondFactor === "everyone";
  }

  function actorOf(row: SessionRow): PersonActor {
    const grants = row.assignments.map((assignment) => grantOf(assignment, row.personId));
    const isAsked = asksSecondFactor(grants);
    return {
      kind: "person",
      id: row.personId,
      name: row.name,
      email: row.email,
      grants,
      session: {
        id: row.sessionId,
        hasSecondFactor: row.hasSecondFactor,
        confirmedAt: row.confirmedAt,
      },
      needsSecondFactor: isAsked && !row.hasSecondFactor ? { isEnrolled: row.isEnrolled } : null,
    };
  }

  return {
    asksSecondFactor,
    async validate(db, token) {
      const { user } = await luciaOn(db).validateSession(token);
      if (user === null) return undefined;
      const { row } = user;
      if (row.isStale)
        await touch.execute(db, { id: row.sessionId, idleDays: IDLE_DAYS }).catch(onFault);
      return actorOf(row);
    },
    async begin(db, { personId, method, hasSecondFactor, isStaff, address, client }) {
      const token = newSplitToken();
      const days = isStaff ? END_DAYS.staff : END_DAYS.person;
      const endsAt = new Date(Date.now() + days * 86_400_000);
      const attributes = { method, hasSecondFactor, address, client, endsAt };
      const sessionId = formatSplitToken(token);
      await luciaOn(db).createSession(personId, attributes, { sessionId });
      return { token: sessionId, id: token.id, endsAt };
    },
    end: (db, sessionId) => luciaOn(db).invalidateSession(sessionId),
  };
}
