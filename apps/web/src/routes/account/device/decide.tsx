import type { DeviceDescribed } from "@lectern/contract/tokens";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { PermissionBoxes } from "../../../account/permission-boxes.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";

interface DecideProps {
  readonly code: string;
  readonly program: DeviceDescribed;
  readonly onDecided: (state: "approved" | "denied") => void;
}

/** What asks, what it wants, and whether it gets that. */
export function Decide({ code, program, onDecided }: DecideProps) {
  const t = useTranslations("device");
  const held = program.permissions.filter(({ isHeld }) => isHeld).map(({ name }) => name);
  const missing = program.permissions.filter(({ isHeld }) => !isHeld).map(({ name }) => name);
  const { keyOf, ...deciding } = useCall(
    useApi().devices.decide.mutationOptions({ onSuccess: ({ state }) => onDecided(state) }),
  );
  function decide(decision: "approve" | "deny", permissions: string[]): void {
    if (deciding.isPending) return;
    const wish = { userCode: code, decision, permissions };
    deciding.mutate({ ...wish, idempotencyKey: keyOf(wish) });
  }
  function approve(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    decide("approve", new FormData(event.currentTarget).getAll("permissions").map(String));
  }
  return (
    <>
      <dl className="device-facts">
        <div>
          <dt className="label">{t("program")}</dt>
          <dd>{program.client}</dd>
        </div>
        <div>
          <dt className="label">{t("codeShown")}</dt>
          <dd className="device-code">{code}</dd>
        </div>
        <div>
          <dt className="label">{t("from")}</dt>
          <dd>{program.address ?? t("unknownAddress")}</dd>
        </div>
        <div>
          <dt className="label">{t("asked")}</dt>
          <dd>
            <Localized>{formatInstant(program.requestedAt)}</Localized>
          </dd>
        </div>
        <div>
          <dt className="label">{t("lasts")}</dt>
          <dd>{t("days", { days: program.tokenDays })}</dd>
        </div>
      </dl>
      <p>{t("warning")}</p>
      <CallFailure call={deciding} />
      <form className="device-form" onSubmit={approve}>
        {program.mayApprove ? (
          <Wanted held={held} missing={missing} />
        ) : (
          <p role="alert">{t("mayNot")}</p>
        )}
        <p className="device-ways">
          {program.mayApprove ? (
            <Button type="submit" size="large" isBusy={deciding.isPending}>
              {t("approve")}
            </Button>
          ) : null}
          <Button
            variant="outline"
            size="large"
            isBusy={deciding.isPending}
            onClick={() => decide("deny", [])}
          >
            {t("deny")}
          </Button>
        </p>
      </form>
    </>
  );
}

interface WantedProps {
  /** What it asks for and can be given. */
  readonly held: readonly string[];
  readonly missing: readonly string[];
}

function Wanted({ held, missing }: WantedProps) {
  const t = useTranslations("device");
  return (
    <>
      {held.length === 0 ? (
        <p>{t("nothing")}</p>
      ) : (
        <fieldset>
          <legend className="label">{t("permissions")}</legend>
          <PermissionBoxes names={held} areTicked />
        </fieldset>
      )}
      {missing.length === 0 ? null : (
        <p className="aside-note">{t("missing", { permissions: missing.join(", ") })}</p>
      )}
    </>
  );
}
