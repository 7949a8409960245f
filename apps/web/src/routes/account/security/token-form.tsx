import type { TokenCreated } from "@lectern/contract/tokens";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { PermissionBoxes } from "../../../account/permission-boxes.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { TextField, useProblem } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";

const DAYS = 90;

async function loadShape() {
  const { TokenCreateInput } = await import("@lectern/contract/tokens");
  return TokenCreateInput;
}

interface TokenFormProps {
  /** Those that can be given: one's own. */
  readonly permissions: readonly string[];
  readonly onCreated: (created: TokenCreated) => void;
  readonly onCancel: () => void;
}

/** Makes a token for a program, with as little as it needs. */
export function TokenForm({ permissions, onCreated, onCancel }: TokenFormProps) {
  const t = useTranslations("security");
  const tAccount = useTranslations("account");
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().tokens.create.mutationOptions(),
    inputOf: (data) => ({
      name: fieldText(data, "name"),
      expiresInDays: fieldNumber(data, "expiresInDays"),
      permissions: data.getAll("permissions").map(String),
    }),
    onDone: onCreated,
  });
  const permissionProblem = useProblem(problems, "permissions");
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      <ProblemCount problems={problems} />
      <div className="form-row">
        <TextField
          name="name"
          label={t("tokenName")}
          hint={t("tokenNameHint")}
          autoComplete="off"
          problems={problems}
        />
        <TextField
          name="expiresInDays"
          type="number"
          min={1}
          label={t("tokenDays")}
          hint={t("tokenDaysHint")}
          value={String(DAYS)}
          problems={problems}
        />
      </div>
      <fieldset>
        <legend className="label">{t("tokenPermissions")}</legend>
        {permissionProblem === undefined ? null : (
          <p className="problem-count">{permissionProblem}</p>
        )}
        <PermissionBoxes names={permissions} areTicked={false} />
      </fieldset>
      <p className="security-ways">
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "tokenMake")}
        </Button>
        <Button variant="outline" onClick={onCancel}>
          {tAccount("cancel")}
        </Button>
      </p>
    </Form>
  );
}
