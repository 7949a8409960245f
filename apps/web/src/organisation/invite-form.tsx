import type { OrganisationInvitation } from "@lectern/contract/organisations";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { SelectField } from "../account/select-field.tsx";
import { useCallForm } from "../account/use-call-form.ts";
import { readersLanguage } from "../browser/reader.ts";
import { Button } from "../components/button.tsx";
import { useFocusOnChange } from "../components/use-focus.ts";
import { useApi } from "../data/api.ts";
import { fieldText } from "../forms/contract-shape.ts";
import { TextField } from "../forms/fields.tsx";
import { Form } from "../forms/form.tsx";
import { ProblemCount } from "../forms/problem-count.tsx";
import { ROLES } from "./members.tsx";

async function loadShape() {
  const { OrganisationInviteInput } = await import("@lectern/contract/organisations");
  return OrganisationInviteInput;
}

interface InviteFormProps {
  readonly organisationId: string;
  readonly onInvited: (invitation: OrganisationInvitation) => void;
  readonly onClose: () => void;
}

/** Invites somebody to a company. */
export function InviteForm({ organisationId, onInvited, onClose }: InviteFormProps) {
  const t = useTranslations("organisation");
  const tForms = useTranslations("forms");
  const beginning = useFocusOnChange<HTMLDivElement>("form", true);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().organisations.invite.mutationOptions(),
    inputOf: (data) => ({
      organisationId,
      name: fieldText(data, "name") ?? "",
      email: fieldText(data, "email"),
      role: fieldText(data, "role"),
      // Colleagues mostly read the same; who has an account is written to in its language.
      language: readersLanguage(),
    }),
    onDone: onInvited,
  });
  return (
    <div ref={beginning} tabIndex={-1}>
      <Form {...formProps}>
        <CallFailure call={sending} />
        <ProblemCount problems={problems} />
        <div className="form-row">
          <TextField name="name" label={tForms("name")} autoComplete="off" problems={problems} />
          <TextField
            name="email"
            type="email"
            label={tForms("email")}
            autoComplete="off"
            problems={problems}
          />
        </div>
        <SelectField name="role" label={t("role")} value="learner" problems={problems}>
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {t(`role_${each}`)}
            </option>
          ))}
        </SelectField>
        <p className="organisation-person-ways">
          <Button type="submit" isBusy={sending.isPending}>
            {t(sending.isPending ? "inviteSending" : "inviteSend")}
          </Button>
          <Button variant="outline" onClick={onClose}>
            {t("cancel")}
          </Button>
        </p>
      </Form>
    </div>
  );
}
