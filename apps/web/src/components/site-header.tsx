import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountEntry } from "../account/account-entry.tsx";
import { Wordmark } from "./wordmark.tsx";
import "./site-header.css";

/** The head of every page: whose site this is, and where one can go. */
export function SiteHeader() {
  const t = useTranslations("site");
  return (
    <header className="site-header">
      <div className="page site-header-row">
        <Link to="/" className="site-header-home" aria-label={t("home")}>
          <Wordmark />
        </Link>
        <nav aria-label={t("menu")} className="site-header-menu">
          <ul className="site-header-links">
            <li>
              <Link to="/courses">{t("courses")}</Link>
            </li>
            <li>
              <Link to="/upcoming">{t("upcoming")}</Link>
            </li>
            <li>
              <Link to="/articles">{t("articles")}</Link>
            </li>
            <li>
              <Link to="/contact">{t("contact")}</Link>
            </li>
          </ul>
        </nav>
        <AccountEntry />
      </div>
    </header>
  );
}
