import type { PlaceClaimed } from "@lectern/contract/registrations";
import { useTranslations } from "use-intl";
import { SaveCalendar } from "../../../calendar/save-calendar.tsx";
import { ClaimFrame } from "./claim-frame.tsx";

/** The place is taken by whoever is here. */
export function Claimed({ claimed, booker }: { claimed: PlaceClaimed; booker: string }) {
  const t = useTranslations("claim");
  const { registrationId, run, learner, claimedAt } = claimed;
  return (
    <ClaimFrame run={run} title={t("doneHeading")} words={t("doneWords", { email: learner.email })}>
      <dl className="claim-facts">
        <div>
          <dt className="label">{t("doneName")}</dt>
          <dd>{learner.name}</dd>
        </div>
      </dl>
      <SaveCalendar
        entry={{ id: registrationId, run, since: claimedAt }}
        description={t("calendarDescription", { booker })}
      />
    </ClaimFrame>
  );
}
