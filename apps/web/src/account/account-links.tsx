import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";

/** The pages of one's account, as the items of a list. */
export function AccountLinks() {
  const t = useTranslations("account");
  return (
    <>
      <li>
        <Link to="/account" activeOptions={{ exact: true }}>
          {t("profile")}
        </Link>
      </li>
      <li>
        <Link to="/account/trainings">{t("trainings")}</Link>
      </li>
      <li>
        <Link to="/account/security">{t("security")}</Link>
      </li>
      <li>
        <Link to="/account/privacy">{t("privacy")}</Link>
      </li>
    </>
  );
}
