import type { PersonDetail } from "@lectern/contract/people";
import { StaffRole } from "@lectern/contract/vocabulary";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { type RoleHeld, useHeldWords } from "../people/use-role-words.ts";
import { AssignRoleDialog } from "./assign-role-dialog.tsx";
import { RevokeRoleDialog } from "./revoke-role-dialog.tsx";

/** What somebody may do, where, and what changes that. */
export function RolesTab({ person }: { person: PersonDetail }) {
  const t = useTranslations("officePeople");
  const may = useMay();
  const [isAssigning, setIsAssigning] = useState(false);
  const [revoked, setRevoked] = useState<RoleHeld>();
  const canWrite = may("roles.write");
  const { roles } = person;
  const isOfStaff = roles.some(({ role }) => StaffRole.safeParse(role).success);
  return (
    <RecordSection
      title={t("roles")}
      actions={
        canWrite ? (
          <Button variant="outline" size="small" onClick={() => setIsAssigning(true)}>
            {t("assign")}
          </Button>
        ) : undefined
      }
    >
      {roles.length === 0 ? <p>{t("rolesNone")}</p> : null}
      <ul className="office-person-roles">
        {roles.map((held) => (
          <OneRole key={held.assignmentId} held={held} onRevoke={() => setRevoked(held)} />
        ))}
      </ul>
      {isOfStaff && !person.hasSecondFactor ? (
        <p className="aside-note">{t("factorMissing")}</p>
      ) : null}
      {isAssigning ? (
        <AssignRoleDialog person={person} onClose={() => setIsAssigning(false)} />
      ) : null}
      {revoked === undefined ? null : (
        <RevokeRoleDialog person={person} held={revoked} onClose={() => setRevoked(undefined)} />
      )}
    </RecordSection>
  );
}

function OneRole({ held, onRevoke }: { held: RoleHeld; onRevoke: () => void }) {
  const t = useTranslations("officePeople");
  const may = useMay();
  const { roleOf, whereOf } = useHeldWords();
  const { organisation } = held;
  const role = roleOf(held);
  const where = whereOf(held);
  return (
    <li>
      <span className="office-person-role">
        <strong>{role}</strong>
        <span>
          {organisation !== null && may("organisations.read") ? (
            <OfficeLink href={`/office/organisations/${organisation.id}?tab=people`}>
              {where}
            </OfficeLink>
          ) : (
            where
          )}
        </span>
      </span>
      {organisation === null && may("roles.write") ? (
        <Button variant="outline" size="small" onClick={onRevoke}>
          <span aria-hidden="true">{t("revoke")}</span>
          <span className="visually-hidden">{t("revokeOf", { role, where })}</span>
        </Button>
      ) : null}
    </li>
  );
}
