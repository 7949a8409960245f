import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { pathHere } from "../../../language/addresses.ts";
import { privateLink } from "./private-link.ts";

/** Copies the address that opens this booking elsewhere. */
export function PrivateLink({ reference, accessKey }: { reference: string; accessKey: string }) {
  const t = useTranslations("booked");
  const [isCopied, setIsCopied] = useState(false);
  const [shown, setShown] = useState<string>();
  async function copy(): Promise<void> {
    const link = privateLink(globalThis.location.origin + pathHere(""), reference, accessKey);
    try {
      await navigator.clipboard.writeText(link);
      setIsCopied(true);
    } catch {
      // Not allowed, or not over TLS: then it can be copied by hand.
      setShown(link);
    }
  }
  return (
    <div className="form-part">
      <p>
        <Button variant="outline" onClick={() => void copy()}>
          {t("privateLink")}
        </Button>{" "}
        <span role="status">{isCopied ? t("privateLinkCopied") : ""}</span>
      </p>
      {shown === undefined ? null : (
        <input className="field" readOnly value={shown} aria-label={t("privateLinkField")} />
      )}
      <p className="aside-note">{t("privateLinkWords")}</p>
    </div>
  );
}
