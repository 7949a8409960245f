import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { ColourChoice } from "./colour-choice.tsx";
import { LanguageChoice } from "./language-choice.tsx";
import { Wordmark } from "./wordmark.tsx";
import "./site-footer.css";

/** The foot of every page. */
export function SiteFooter() {
  const t = useTranslations("site");
  return (
    <footer className="site-footer">
      <div className="page site-footer-frame">
        <div className="site-footer-words">
          <Wordmark />
          <p>{t("footerWords")}</p>
        </div>
        <nav aria-label={t("footerExplore")}>
          <h2 className="label">{t("footerExplore")}</h2>
          <ul>
            <li>
              <Link to="/courses">{t("courses")}</Link>
            </li>
            <li>
              <Link to="/upcoming">{t("upcoming")}</Link>
            </li>
            <li>
              <Link to="/articles">{t("articles")}</Link>
            </li>
          </ul>
        </nav>
        <nav aria-label={t("footerHelp")}>
          <h2 className="label">{t("footerHelp")}</h2>
          <ul>
            <li>
              <Link to="/contact">{t("contact")}</Link>
            </li>
            <li>
              <Link to="/contact" search={{ kind: "company" }}>
                {t("forCompanies")}
              </Link>
            </li>
            <li>
              <Link to="/privacy">{t("privacy")}</Link>
            </li>
          </ul>
        </nav>
        <LanguageChoice />
        <ColourChoice />
        <p className="site-footer-colophon">{t("colophon")}</p>
      </div>
    </footer>
  );
}
