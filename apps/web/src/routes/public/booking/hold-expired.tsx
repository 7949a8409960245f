import { isLecternError } from "@lectern/client";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { WaysOn } from "./too-few-places.tsx";
import type { Hold } from "./use-hold.ts";

interface HoldExpiredProps {
  readonly places: number;
  readonly hold: Hold;
  /** Called by who would rather wait for so many places. */
  readonly onWait: (places: number) => void;
}

/** The time was up before the booking was confirmed. */
export function HoldExpired({ places, hold, onWait }: HoldExpiredProps) {
  const t = useTranslations("booking");
  const words = useRefusalWords();
  const { failure, isHolding } = hold;
  if (isLecternError(failure, "SoldOut")) {
    const { placesLeft: left } = failure.data;
    return (
      <FailureNotice key="soldOut" title={t("tooFewTitle", { left })}>
        <p>{words(failure)}</p>
        <WaysOn
          left={left}
          places={places}
          isBusy={isHolding}
          onBook={(few) => hold.hold({ places: few })}
          onWait={onWait}
        />
      </FailureNotice>
    );
  }
  return (
    <FailureNotice title={t("expiredTitle")}>
      <p>{t("expiredWords")}</p>
      {failure === null ? null : <p>{words(failure)}</p>}
      <Button isBusy={isHolding} onClick={hold.holdAgain}>
        {t("holdAgain")}
      </Button>
    </FailureNotice>
  );
}
