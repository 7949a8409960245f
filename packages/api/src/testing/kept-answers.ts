import type { Database } from "@lectern/database/connect";
import { idempotencyKey } from "@lectern/database/schema/operations";
import { z } from "zod";
import { answerPlaceOf } from "../shared/once-only.ts";
import { TEST_FIELDS } from "./factories.ts";

const Encrypted = z.strictObject({ e1: z.string() });

/** @returns all answers that are kept for repeated requests, decrypted: to look for what must not be in them */
export async function keptAnswers(db: Database): Promise<string> {
  const rows = await db.select().from(idempotencyKey);
  const answers = await Promise.all(
    rows.map(async ({ scope, key, answer }) => {
      const encrypted = Encrypted.safeParse(answer);
      return encrypted.success
        ? TEST_FIELDS.decrypt(answerPlaceOf(scope, key), encrypted.data.e1)
        : JSON.stringify(answer);
    }),
  );
  return answers.join("\n");
}
