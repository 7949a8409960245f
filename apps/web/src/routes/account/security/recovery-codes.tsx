import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Said } from "../../../account/said.tsx";
import { saveFile } from "../../../browser/save-file.ts";
import { Button } from "../../../components/button.tsx";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** The codes that stand in for a lost factor: shown once, to be kept somewhere else. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useTranslations("security");
  const heading = useRef<HTMLHeadingElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => heading.current?.focus(), [codes]);
  const text = `${codes.join("\n")}\n`;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t("copied"));
    } catch {
      setSaid(t("notCopied"));
    }
  }
  function download(): void {
    saveFile("lectern-recovery-codes.txt", new Blob([text], { type: "text/plain" }));
  }
  return (
    <section className="security-codes" aria-labelledby="codes">
      <h2 ref={heading} id="codes" tabIndex={-1}>
        {t("codesHeading")}
      </h2>
      <p>{t("codesWords")}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p className="security-ways">
        <Button variant="outline" onClick={() => void copy()}>
          {t("copy")}
        </Button>
        <Button variant="outline" onClick={download}>
          {t("download")}
        </Button>
        <Button variant="outline" onClick={() => globalThis.print()}>
          {t("print")}
        </Button>
        <Button onClick={onKept}>{t("codesKept")}</Button>
      </p>
      <Said>{said}</Said>
    </section>
  );
}
