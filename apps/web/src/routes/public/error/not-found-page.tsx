import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import "./error-page.css";

/** There is nothing at this address. */
export function NotFoundPage() {
  const t = useTranslations("failures");
  return (
    <div className="page error-page">
      <p className="error-page-number" aria-hidden="true">
        404
      </p>
      <h1>{t("notFoundHeading")}</h1>
      <p className="error-page-words">{t("notFoundWords")}</p>
      <p className="error-page-ways">
        <LinkButton to="/courses" size="large">
          {t("notFoundCourses")}
        </LinkButton>
        <LinkButton to="/" size="large" variant="outline">
          {t("notFoundHome")}
        </LinkButton>
      </p>
    </div>
  );
}
