import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import "../../../components/empty-state.css";

/** The enquiry has arrived. Takes the focus from the form that was here. */
export function ContactSent({ email }: { email: string }) {
  const t = useTranslations("contact");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="empty-state" role="status">
      <h2 ref={heading} tabIndex={-1} className="empty-state-title">
        {t("sentTitle")}
      </h2>
      <p>{t("sentWords", { email })}</p>
      <LinkButton to="/courses" variant="outline">
        {t("sentNext")}
      </LinkButton>
    </div>
  );
}
