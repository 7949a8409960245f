import { reachOf } from "@lectern/auth/actor";
import { PERMISSIONS } from "@lectern/auth/permissions";
import type { MeOutput } from "@lectern/contract/accounts";
import { arrayOf, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { CONFIRMED_FOR_MS } from "../../../trpc/procedures.ts";

const organisationsById = prepared("organisations.names", { ids: arrayOf(uuid) }, (q, $) =>
  q
    .select({ id: organisation.id, name: organisation.name })
    .from(organisation)
    .where(sql`${organisation.id} = ANY(${$.ids})`),
);

/** @returns who is signed in, and what they can do; `null` for everybody else, tokens included */
export async function readMe(db: Database, { actor }: Call): Promise<z.infer<typeof MeOutput>> {
  if (actor.kind !== "person") return { me: null };
  const { grants, session, needsSecondFactor } = actor;
  const names = await organisationNames(
    db,
    grants.flatMap(({ scope }) => (scope.kind === "organisation" ? [scope.organisationId] : [])),
  );
  return {
    me: {
      id: actor.id,
      name: actor.name,
      email: actor.email,
      roles: grants.map(({ role, scope }) => ({
        role,
        organisation:
          scope.kind === "organisation"
            ? { id: scope.organisationId, name: names.get(scope.organisationId) ?? "" }
            : null,
        country: scope.kind === "country" ? scope.country : null,
      })),
      // Nearly nobody has a role, and everybody asks this with every page.
      permissions:
        grants.length === 0
          ? []
          : PERMISSIONS.filter((permission) => reachOf(actor, permission) !== undefined),
      hasSecondFactor: session.hasSecondFactor,
      mustSetUpSecondFactor: needsSecondFactor?.isEnrolled === false,
      mustShowSecondFactor: needsSecondFactor?.isEnrolled === true,
      confirmedUntil: new Date(session.confirmedAt.getTime() + CONFIRMED_FOR_MS).toISOString(),
    },
  };
}

async function organisationNames(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await organisationsById.execute(db, { ids });
  return new Map(found.map(({ id, name }) => [id, name]));
}
