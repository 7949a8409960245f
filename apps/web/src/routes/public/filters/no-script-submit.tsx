import { useTranslations } from "use-intl";

/** Sends the filters where no script does it at each choice. */
export function NoScriptSubmit({ form }: { form?: string }) {
  const t = useTranslations("filters");
  return (
    <noscript>
      <button type="submit" className="plain-button" {...(form && { form })}>
        {t("apply")}
      </button>
    </noscript>
  );
}
