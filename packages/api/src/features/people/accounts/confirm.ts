import { DONE } from "../../../shared/done.ts";
import type { ConfirmInput, Done } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { SignInParts } from "./complete-sign-in.ts";
import { confirmSession } from "./confirm-session.ts";
import { signInFailed } from "./complete-sign-in.ts";
import { accountByEmail } from "./find-person.ts";
import { unlessBusy } from "./password-rules.ts";
import { knownVisitor } from "./password-visitor.ts";
import type { PersonCall } from "./person-call.ts";
import { throttleBy } from "./throttles.ts";

/**
 * Shows again, by the password, who is signed in: what is important asks for that.
 *
 * @throws SignInFailed, RateLimited
 */
export async function confirmByPassword(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  input: z.infer<typeof ConfirmInput>,
): Promise<Done> {
  const { actor } = call;
  await throttleBy(db, "confirm.person", actor.id);
  const found = await accountByEmail.first(db, { email: actor.email });
  const { isRight } = await unlessBusy(() =>
    parts.auth.passwords.verify(
      found?.passwordHash ?? null,
      input.password,
      knownVisitor(db, actor.id),
    ),
  );
  if (!isRight || found?.id !== actor.id) throw signInFailed("wrong");
  await confirmSession(db, call, parts, { hasSecondFactor: actor.session.hasSecondFactor });
  return DONE;
}
