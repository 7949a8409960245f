import { useTranslations } from "use-intl";
import { formatList } from "../../../format/names.ts";
import type { Preview } from "./use-move.ts";
import "./move-effects.css";

type Effects = NonNullable<Preview["effects"]>;

/** @returns how many mails are written */
export function mailCount({ mails }: Effects): number {
  return mails.reduce((sum, one) => sum + one.mails, 0);
}

const ORGANISATIONS_NAMED = 5;

/** Whom a move concerns, and what follows from it. */
export function MoveEffects({ effects }: { effects: Effects }) {
  const t = useTranslations("officeSchedule");
  const { bookings, registrations, unnamed, waiting, datesPulled, mails } = effects;
  const lines = [
    registrations === 0 ? undefined : t("moveBookings", { bookings, registrations }),
    unnamed === 0 ? undefined : t("moveUnnamed", { count: unnamed }),
    organisationWords(),
    effects.holdsShortened === 0
      ? undefined
      : t("moveHolds", { count: effects.holdsShortened, ended: effects.holdsEnded }),
    effects.offersShortened === 0
      ? undefined
      : t("moveOffers", { count: effects.offersShortened, ended: effects.offersEnded }),
    effects.offersMade === 0 ? undefined : t("moveOffersMade", { count: effects.offersMade }),
    waiting === 0 ? undefined : t("moveWaiting", { count: waiting }),
    ...datesPulled.map((date) => t(`movePulled_${date}`)),
  ].filter((line) => line !== undefined);
  return (
    <div className="move-effects">
      <h3>{t("moveEffects")}</h3>
      {lines.length === 0 && mails.length === 0 ? (
        <p>{t("moveNoEffects")}</p>
      ) : (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {mails.length === 0 ? null : (
        <>
          <h4>{t("moveMails")}</h4>
          <ul>
            {mails.map(({ kind, mails: count }) => (
              <li key={kind}>{mailWords(kind, count)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );

  function mailWords(kind: string, count: number): string {
    switch (kind) {
      case "run_rescheduled":
      case "offer":
      case "offer_lapsed":
        return t(`mail_${kind}`, { count });
      default:
        return t("mail_other", { count });
    }
  }

  function organisationWords(): string | undefined {
    const named = effects.organisations.slice(0, ORGANISATIONS_NAMED);
    if (named.length === 0) return undefined;
    return t("moveOrganisations", {
      organisations: formatList(
        named.map((one) =>
          t("moveOrganisation", { name: one.name, registrations: one.registrations }),
        ),
      ),
      more: effects.organisationCount - named.length,
    });
  }
}
