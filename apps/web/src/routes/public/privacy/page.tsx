import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { ConsentChoice } from "../../../consent/consent-choice.tsx";
import "./page.css";

/** The entries in the browser's storage, as the browser's own tools show them. */
const ENTRIES = [
  { name: "lectern-consent", what: "storageConsent", howLong: "storageConsentTime" },
  { name: "lectern-colours", what: "storageColours", howLong: "storageColoursTime" },
  { name: "lectern-bookings", what: "storageBookings", howLong: "storageBookingsTime" },
  { name: "lectern-links", what: "storageLinks", howLong: "storageLinksTime" },
  {
    name: "tsr-scroll-restoration-v1_3",
    what: "storageScroll",
    howLong: "storageScrollTime",
  },
  { name: "lectern-recent", what: "storageRecent", howLong: "storageRecentTime" },
] as const;

export function PrivacyPage() {
  const t = useTranslations("privacy");
  return (
    <div className="page privacy">
      <header className="page-head">
        <h1>{t("title")}</h1>
        <p className="page-head-lede">{t("lede")}</p>
      </header>
      <section className="privacy-part" aria-labelledby="choice">
        <h2 id="choice">{t("consentHeading")}</h2>
        <p>{t("consentWords")}</p>
        <ConsentChoice />
      </section>
      <section className="privacy-part" aria-labelledby="storage">
        <h2 id="storage">{t("storageHeading")}</h2>
        <p>{t("storageWords")}</p>
        <table className="privacy-table">
          <thead>
            <tr>
              <th scope="col">{t("storageName")}</th>
              <th scope="col">{t("storageWhat")}</th>
              <th scope="col">{t("storageHowLong")}</th>
            </tr>
          </thead>
          <tbody>
            {ENTRIES.map(({ name, what, howLong }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{t(what)}</td>
                <td>{t(howLong)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="privacy-part" aria-labelledby="booking">
        <h2 id="booking">{t("bookingHeading")}</h2>
        <p>{t("bookingWords")}</p>
      </section>
      <section className="privacy-part" aria-labelledby="enquiry">
        <h2 id="enquiry">{t("enquiryHeading")}</h2>
        <p>{t("enquiryWords")}</p>
      </section>
      <section className="privacy-part" aria-labelledby="server">
        <h2 id="server">{t("serverHeading")}</h2>
        <p>{t("serverWords")}</p>
      </section>
      <section className="privacy-part" aria-labelledby="rights">
        <h2 id="rights">{t("rightsHeading")}</h2>
        <p>{t("rightsWords")}</p>
        <p>
          <LinkButton to="/contact" variant="outline">
            {t("rightsAction")}
          </LinkButton>
        </p>
      </section>
    </div>
  );
}
