import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { ConsentChoice } from "../../../consent/consent-choice.tsx";
import part from "virtual:words/privacy";
import { MoreWords } from "../../../messages/more-words.tsx";
import { wordsOf } from "../../../messages/words.ts";
import "./page.css";

const words = wordsOf(part);

/** The cookies of who signs in; over https their names begin with `__Host-`. */
const COOKIES = [
  { name: "lectern_session", what: "cookieSession", howLong: "cookieSessionTime" },
  { name: "lectern_device", what: "cookieDevice", howLong: "cookieDeviceTime" },
  { name: "lectern_openid", what: "cookieOpenid", howLong: "cookieOpenidTime" },
] as const;

/** The entries in the browser's storage, as the browser's own tools show them. */
const ENTRIES = [
  { name: "lectern-consent", what: "storageConsent", howLong: "storageConsentTime" },
  { name: "lectern-language", what: "storageLanguage", howLong: "storageLanguageTime" },
  { name: "lectern-colours", what: "storageColours", howLong: "storageColoursTime" },
  { name: "lectern-bookings", what: "storageBookings", howLong: "storageBookingsTime" },
  { name: "lectern-signed-in", what: "storageSignedIn", howLong: "storageSignedInTime" },
  { name: "lectern-links", what: "storageLinks", howLong: "storageLinksTime" },
  {
    name: "tsr-scroll-restoration-v1_3",
    what: "storageScroll",
    howLong: "storageScrollTime",
  },
  { name: "lectern-recent", what: "storageRecent", howLong: "storageRecentTime" },
] as const;

export function PrivacyPage() {
  return (
    <MoreWords words={words}>
      <Privacy />
    </MoreWords>
  );
}

function Privacy() {
  const t = useTranslations("privacyPage");
  const tPrivacy = useTranslations("privacy");
  return (
    <div className="page privacy">
      <header className="page-head">
        <h1>{tPrivacy("title")}</h1>
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
        <Kept entries={ENTRIES} />
      </section>
      <section className="privacy-part" aria-labelledby="cookies">
        <h2 id="cookies">{t("cookiesHeading")}</h2>
        <p>{t("cookiesWords")}</p>
        <Kept entries={COOKIES} />
      </section>
      <section className="privacy-part" aria-labelledby="booking">
        <h2 id="booking">{t("bookingHeading")}</h2>
        <p>{t("bookingWords")}</p>
      </section>
      <section className="privacy-part" aria-labelledby="account">
        <h2 id="account">{t("accountHeading")}</h2>
        <p>{t("accountWords")}</p>
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

interface KeptProps {
  readonly entries: typeof ENTRIES | typeof COOKIES;
}

/** What is kept, what for and how long. */
function Kept({ entries }: KeptProps) {
  const t = useTranslations("privacyPage");
  return (
    <table className="privacy-table">
      <thead>
        <tr>
          <th scope="col">{t("storageName")}</th>
          <th scope="col">{t("storageWhat")}</th>
          <th scope="col">{t("storageHowLong")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ name, what, howLong }) => (
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
  );
}
