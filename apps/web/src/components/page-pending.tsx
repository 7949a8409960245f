import { useTranslations } from "use-intl";
import "./page-pending.css";

/** What stands on a page until its content is there. */
export function PagePending() {
  const t = useTranslations("site");
  return (
    <div className="page page-pending" aria-busy="true">
      <p className="visually-hidden" role="status">
        {t("loading")}
      </p>
      <div className="page-pending-title" />
      <div className="page-pending-line" />
      <div className="page-pending-line" />
      <div className="page-pending-block" />
    </div>
  );
}
