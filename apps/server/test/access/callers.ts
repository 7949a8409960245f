import type { Grant, Scope } from "@lectern/auth/roles";
import { gives } from "@lectern/auth/roles";
import { newApiToken } from "@lectern/auth/api-token";
import type { Permission } from "@lectern/auth/permissions";
import { apiToken, authSession, person } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { hashOfSecret, newSplitToken } from "@lectern/auth/split-token";
import { type TestPerson, type TestRole, createPerson } from "../support/people.ts";
import type { Served } from "../support/serve.ts";
import type { World } from "./world.ts";

/** Those who call every procedure. */
export interface Caller {
  readonly name: string;
  /** What their requests carry. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether they are anybody to the academy at this moment. */
  readonly isSignedIn: boolean;
  /** A token of a program acts for nobody. */
  readonly isPerson: boolean;
  readonly personId: string | null;
  readonly grants: readonly Grant[];
  readonly needsSecondFactor: boolean;
  readonly hasConfirmed: boolean;
  /** Of a token: nothing beyond these, whatever its owner may do. */
  readonly only?: readonly Permission[];
}

interface Wanted {
  readonly name: string;
  readonly roles: readonly TestRole[];
  readonly hasNoSecondFactor?: boolean;
  readonly confirmedLongAgo?: boolean;
  readonly isSuspended?: boolean;
  readonly isExpired?: boolean;
}

/** @returns what a role of a test comes to */
function grantOf({ role, organisationId, country }: TestRole, personId: string): Grant {
  return { role, scope: scope() };
  function scope(): Scope {
    if (organisationId !== undefined) return { kind: "organisation", organisationId };
    if (role === "instructor") return { kind: "own_runs", personId };
    return country === undefined ? { kind: "everywhere" } : { kind: "country", country };
  }
}

async function signIn(
  { db }: Served,
  { id }: TestPerson,
  { hasNoSecondFactor, confirmedLongAgo, isExpired }: Wanted,
): Promise<string> {
  const token = newSplitToken();
  const age = confirmedLongAgo === true ? 3600 : 0;
  const left = isExpired === true ? -1 : 3600;
  await db.insert(authSession).values({
    id: token.id,
    personId: id,
    secretHash: hashOfSecret(token.secret),
    method: "password",
    secondFactorAt: hasNoSecondFactor === true ? null : new Date(),
    confirmedAt: sql`clock_timestamp() - make_interval(secs => ${age})`,
    expiresAt: sql`clock_timestamp() + make_interval(secs => ${left})`,
    endsAt: sql`clock_timestamp() + make_interval(secs => ${left})`,
  });
  return `lectern_session=${token.id}.${token.secret}`;
}

/** @returns everybody who calls: signed out, of each role, and those who may not any more */
export async function makeCallers(server: Served, world: World): Promise<Caller[]> {
  const { own, other } = world.organisations;
  const wanted: readonly Wanted[] = [
    { name: "learner", roles: [] },
    { name: "member", roles: [{ role: "learner", organisationId: own }] },
    { name: "instructor", roles: [{ role: "instructor" }] },
    { name: "company booker", roles: [{ role: "company_booker", organisationId: own }] },
    { name: "company manager", roles: [{ role: "company_manager", organisationId: own }] },
    { name: "wrong organisation", roles: [{ role: "company_manager", organisationId: other }] },
    { name: "course editor", roles: [{ role: "course_editor" }] },
    { name: "sales", roles: [{ role: "sales" }] },
    { name: "sales in NO", roles: [{ role: "sales", country: "NO" }] },
    { name: "finance", roles: [{ role: "finance" }] },
    { name: "administrator", roles: [{ role: "administrator" }] },
    { name: "no second factor", roles: [{ role: "administrator" }], hasNoSecondFactor: true },
    { name: "confirmed long ago", roles: [{ role: "administrator" }], confirmedLongAgo: true },
    { name: "suspended", roles: [{ role: "administrator" }], isSuspended: true },
    { name: "expired", roles: [{ role: "administrator" }], isExpired: true },
  ];
  const callers: Caller[] = [nobody()];
  for (const one of wanted) callers.push(await make(one));
  callers.push(await makeToken());
  callers.push({
    ...nobody(),
    name: "operator",
    headers: { authorization: `Bearer ${server.operatorToken}` },
    isSignedIn: true,
    grants: [{ role: "administrator", scope: { kind: "everywhere" } }],
  });
  return callers;

  async function makeToken(): Promise<Caller> {
    const owner = await createPerson(server, {}, [{ role: "sales", country: "NO" }]);
    const { token, ...stored } = newApiToken();
    const only: readonly Permission[] = ["bookings.read.any", "people.write"];
    await server.db.insert(apiToken).values({
      ...stored,
      id: uuidv7(),
      name: "Test",
      personId: owner.id,
      permissions: [...only],
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    return {
      ...nobody(),
      name: "token",
      headers: { authorization: `Bearer ${token}` },
      isSignedIn: true,
      grants: [{ role: "sales", scope: { kind: "country", country: "NO" } }],
      only,
    };
  }

  function nobody(): Caller {
    return {
      name: "signed out",
      headers: {},
      isSignedIn: false,
      isPerson: false,
      personId: null,
      grants: [],
      needsSecondFactor: false,
      hasConfirmed: true,
    };
  }

  async function make(one: Wanted): Promise<Caller> {
    const { name, roles } = one;
    const owner = await createPerson(server, { name }, roles);
    if (name === "instructor") await world.teach(owner.id);
    const cookie = await signIn(server, owner, one);
    if (one.isSuspended === true) {
      await server.db
        .update(person)
        .set({ suspendedAt: new Date() })
        .where(eq(person.id, owner.id));
    }
    const isSignedIn = one.isSuspended !== true && one.isExpired !== true;
    return {
      name,
      headers: { cookie },
      isSignedIn,
      isPerson: isSignedIn,
      personId: owner.id,
      grants: isSignedIn ? roles.map((role) => grantOf(role, owner.id)) : [],
      needsSecondFactor: one.hasNoSecondFactor === true,
      hasConfirmed: one.confirmedLongAgo !== true,
    };
  }
}

/** @returns where a caller holds a permission: nowhere while a second factor is asked of them */
export function scopesOf(caller: Caller, permission: Permission): readonly Scope[] {
  if (caller.needsSecondFactor || caller.only?.includes(permission) === false) return [];
  return caller.grants.filter((grant) => gives(grant, permission)).map(({ scope }) => scope);
}
