import type { Consent, ConsentsOutput } from "@lectern/contract/privacy";
import { CONSENT_PURPOSES } from "@lectern/contract/vocabulary";
import type { Queryable } from "@lectern/database/queryable";
import { consent } from "@lectern/database/schema/privacy";
import { desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { PersonCall } from "../accounts/person-call.ts";
import { CONSENT_TEXTS, LASTING_PURPOSES } from "./consent-texts.ts";

const LISTED = 200;

/** What whoever is signed in agrees to, and has agreed to so far. */
export async function listConsents(
  db: Queryable,
  { actor }: PersonCall,
): Promise<z.infer<typeof ConsentsOutput>> {
  const given = await db
    .select({
      purpose: consent.purpose,
      textVersion: consent.textVersion,
      givenAt: consent.givenAt,
      withdrawnAt: consent.withdrawnAt,
    })
    .from(consent)
    .where(eq(consent.personId, actor.id))
    .orderBy(desc(consent.givenAt), desc(consent.id))
    .limit(LISTED);
  return {
    items: CONSENT_PURPOSES.map((purpose): Consent => {
      const currentVersion = CONSENT_TEXTS[purpose];
      const open = given.find((one) => one.purpose === purpose && one.withdrawnAt === null);
      return {
        purpose,
        currentVersion,
        agreed:
          open === undefined
            ? null
            : {
                textVersion: open.textVersion,
                givenAt: open.givenAt.toISOString(),
                isCurrent: open.textVersion === currentVersion,
              },
        canBeWithdrawn: !LASTING_PURPOSES.includes(purpose),
      };
    }),
    history: given.map(({ purpose, textVersion, givenAt, withdrawnAt }) => ({
      purpose,
      textVersion,
      givenAt: givenAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
  };
}
