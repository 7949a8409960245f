import type { ProviderSettings } from "@lectern/auth/openid/openid-providers";
import { bool, int4, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { identityProvider } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { secretPlace } from "./providers/provider-details.ts";

/** A provider at which people can sign in now. */
export interface SignInProvider {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Whose people sign in there; `null`: staff. */
  readonly organisationId: string | null;
  readonly asksSecondFactor: boolean;
  readonly settings: ProviderSettings;
}

/** That people can sign in at the provider `i` of the organisation `o`, if it is of one. */
export const isUsableProvider = sql`i.is_enabled AND (i.organisation_id IS NULL OR o.archived_at IS NULL)`;

const usable = prepared("identity.provider", { id: nullable(uuid), slug: nullable(text) }, (_, $) =>
  rows(
    {
      id: identityProvider.id,
      slug: identityProvider.slug,
      name: identityProvider.name,
      organisationId: nullable(uuid),
      asksSecondFactor: bool,
      issuer: identityProvider.issuer,
      clientId: identityProvider.clientId,
      clientSecret: identityProvider.clientSecret,
      acrValues: identityProvider.acrValues,
      amrValues: identityProvider.amrValues,
      maxAgeSeconds: nullable(int4),
      version: identityProvider.version,
    },
    sql`SELECT i.id, i.slug, i.name, i.organisation_id, i.asks_second_factor, i.issuer, i.client_id,
        i.client_secret, i.acr_values, i.amr_values, i.max_age_seconds, i.version
      FROM identity_provider i LEFT JOIN organisation o ON o.id = i.organisation_id
      WHERE (i.id = ${$.id} OR i.slug = ${$.slug}) AND ${isUsableProvider}`,
  ),
);

/** @returns the provider of this id or slug, or `undefined` where nobody can sign in there now */
export async function findSignInProvider(
  db: Queryable,
  call: Call,
  wanted: { readonly id?: string; readonly slug?: string },
): Promise<SignInProvider | undefined> {
  const found = await usable.first(db, { id: wanted.id ?? null, slug: wanted.slug ?? null });
  if (found === undefined) return undefined;
  const { issuer, clientId, acrValues, amrValues, maxAgeSeconds, version, ...provider } = found;
  const clientSecret = await call.fields.decrypt(secretPlace(found.id), found.clientSecret);
  return {
    id: provider.id,
    slug: provider.slug,
    name: provider.name,
    organisationId: provider.organisationId,
    asksSecondFactor: provider.asksSecondFactor,
    settings: {
      key: `${found.id}|${version}`,
      issuer,
      clientId,
      clientSecret,
      expects: { acrValues, amrValues, maxAgeSeconds },
    },
  };
}
