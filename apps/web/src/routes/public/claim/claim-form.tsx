import type { PlaceClaimed } from "@lectern/contract/registrations";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { ConsentField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";

async function loadShape() {
  const { ClaimInput } = await import("@lectern/contract/registrations");
  return ClaimInput;
}

interface ClaimFormProps {
  readonly proof: {
    readonly registrationId: string;
    readonly claimVersion: number;
    readonly claimKey: string;
  };
  readonly onClaimed: (claimed: PlaceClaimed) => void;
  /** Called when the server refuses it: the place may be taken, or gone. */
  readonly onGone: () => void;
}

/** Who takes the place. */
export function ClaimForm({ proof, onClaimed, onGone }: ClaimFormProps) {
  const t = useTranslations("claim");
  const tForms = useTranslations("forms");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const [wishes] = useState(() => new Wishes());
  const claiming = useMutation(
    useApi().registrations.claim.mutationOptions({ onSuccess: onClaimed, onError: onGone }),
  );
  const { problems, formProps } = useContractForm({
    loadShape,
    inputOf: (data) => {
      const learner = {
        name: fieldText(data, "name"),
        email: fieldText(data, "email"),
        timeZone: readersTimeZone(),
      };
      const wish = { ...proof, learner, acceptsTerms: data.has("acceptsTerms") };
      return { ...wish, idempotencyKey: wishes.keyOf(wish) };
    },
    fieldOf: (path) => path.replace(/^learner\./u, ""),
    send: claiming.mutateAsync,
  });
  return (
    <Form {...formProps}>
      {claiming.isError ? (
        <FailureNotice key={claiming.failureCount} title={tFailures("failedTitle")}>
          <p>{words(claiming.error)}</p>
        </FailureNotice>
      ) : null}
      <ProblemCount problems={problems} />
      <fieldset className="form-part">
        <legend>{t("form")}</legend>
        <div className="form-row">
          <TextField name="name" label={tForms("name")} autoComplete="name" problems={problems} />
          <TextField
            name="email"
            type="email"
            label={tForms("email")}
            autoComplete="email"
            problems={problems}
          />
        </div>
        <p className="aside-note">{t("emailHint")}</p>
      </fieldset>
      <ConsentField
        name="acceptsTerms"
        problems={problems}
        label={
          <>
            {t("terms")} <Link to="/privacy">{t("termsMore")}</Link>
          </>
        }
      />
      <p>
        <Button type="submit" size="large" isBusy={claiming.isPending}>
          {t(claiming.isPending ? "taking" : "take")}
        </Button>
      </p>
    </Form>
  );
}
