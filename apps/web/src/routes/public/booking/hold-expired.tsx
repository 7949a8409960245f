import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useFailureWords } from "../../../components/use-failure-words.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import type { Hold } from "./use-hold.ts";

/** The time was up before the booking was confirmed. */
export function HoldExpired({ places, hold }: { places: number; hold: Hold }) {
  const t = useTranslations("booking");
  const words = useFailureWords();
  return (
    <FailureNotice title={t("expiredTitle")}>
      <p>{t("expiredWords")}</p>
      {hold.failure === null ? null : <p>{words(hold.failure)}</p>}
      <Button isBusy={hold.isHolding} onClick={() => hold.hold(places)}>
        {t("holdAgain")}
      </Button>
    </FailureNotice>
  );
}
