import type { RouterOutputs } from "@lectern/client";
import { useTranslations } from "use-intl";
import { Localized } from "../components/localized.tsx";
import { formatDay, formatInstantDay } from "../format/dates.ts";
import { formatMoney } from "../format/money.ts";
import { useOrganisationSurroundings } from "./organisation-surroundings.tsx";

type Item = RouterOutputs["organisations"]["statement"]["items"][number];

/** Bookings with what each costs, what was paid, and what is open. */
export function StatementTable({ items }: { items: readonly Item[] }) {
  const t = useTranslations("organisation");
  return (
    <div className="organisation-scroll" tabIndex={0} role="group" aria-labelledby="statement">
      <table className="organisation-table">
        <thead>
          <tr>
            <th scope="col">{t("booking")}</th>
            <th scope="col">{t("booked")}</th>
            <th scope="col">{t("course")}</th>
            <th scope="col" className="organisation-amount">
              {t("placesColumn")}
            </th>
            <th scope="col">{t("order")}</th>
            <th scope="col" className="organisation-amount">
              {t("total")}
            </th>
            <th scope="col" className="organisation-amount">
              {t("paid")}
            </th>
            <th scope="col" className="organisation-amount">
              {t("openAmount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <OneBooking key={item.reference} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OneBooking({ item }: { item: Item }) {
  const t = useTranslations("organisation");
  const { BookingLink } = useOrganisationSurroundings();
  const { reference, bookedAt, run, places, purchaseOrder, status, total, paid, open } = item;
  return (
    <tr>
      <th scope="row">
        <BookingLink reference={reference}>{reference}</BookingLink>
        {status === "cancelled" ? <p className="aside-note">{t("cancelledMark")}</p> : null}
      </th>
      <td>
        <Localized>{formatInstantDay(bookedAt)}</Localized>
      </td>
      <td className="organisation-course">
        {run.course.title}
        <p className="aside-note">
          <Localized>{formatDay(run.localStart)}</Localized>
        </p>
      </td>
      <td className="organisation-amount">{places}</td>
      <td>{purchaseOrder ?? "–"}</td>
      {[total, paid, open].map((money, column) => (
        <td key={column} className="organisation-amount">
          {money === null ? (
            column === 0 ? (
              t("onRequest")
            ) : (
              "–"
            )
          ) : (
            <Localized>{formatMoney(money)}</Localized>
          )}
        </td>
      ))}
    </tr>
  );
}
