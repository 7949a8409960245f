import type { AuditEntry } from "@lectern/contract/audit";
import { ConsentPurpose, Role } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { useRoleWords } from "../../../account/role-words.ts";
import { countryName } from "../../../format/names.ts";

/** What entries of the audit log say of somebody. What a newer server writes is told by its name. */

const KNOWN = [
  "person.accept_invitation",
  "person.add_factor",
  "person.ask_email_change",
  "person.assign_role",
  "person.become_administrator",
  "person.change_email",
  "person.change_password",
  "person.confirm",
  "person.erase",
  "person.factor_refused",
  "person.link_instructor",
  "person.merge",
  "person.remove_factor",
  "person.renew_recovery_codes",
  "person.reset_password",
  "person.restore",
  "person.revoke_role",
  "person.show_factor",
  "person.sign_in",
  "person.sign_in_failed",
  "person.sign_out",
  "person.sign_out_everywhere",
  "person.sign_up",
  "person.suspend",
  "person.update",
  "consent.give",
  "consent.withdraw",
] as const;

type Underscored<Action extends string> = Action extends `${infer Entity}.${infer Verb}`
  ? `${Entity}_${Verb}`
  : never;

type Message = `did_${Underscored<(typeof KNOWN)[number]>}`;

const MESSAGES: ReadonlySet<string> = new Set(
  KNOWN.map((action) => `did_${action.replace(".", "_")}`),
);

function isMessage(text: string): text is Message {
  return MESSAGES.has(text);
}

/** Of what is written down beside; anything may be there, or not. */
const Told = z.looseObject({
  role: Role.nullable().catch(null),
  country: z.string().nullable().catch(null),
  instructorId: z.string().nullable().catch(null),
  purpose: ConsentPurpose.nullable().catch(null),
});

const NOTHING = { role: null, country: null, instructorId: null, purpose: null };

/** @returns a function that says what was done, as it goes on after who did it */
export function useSentence(): (entry: AuditEntry) => string {
  const t = useTranslations("officePeople");
  const roleWords = useRoleWords();
  return ({ action, before, after }) => {
    const message = `did_${action.replace(".", "_")}`;
    if (!isMessage(message)) return action;
    const told = Told.safeParse(after ?? before ?? {}).data ?? NOTHING;
    const role = told.role === null ? "" : roleWords(told.role);
    if (message === "did_person_link_instructor" && told.instructorId === null) {
      return t("did_person_unlink_instructor");
    }
    return t(message, {
      purpose: t(`consent_${told.purpose ?? "other"}`),
      role: told.country === null ? role : t("held", { role, where: countryName(told.country) }),
    });
  };
}
