import type { MailDetail } from "@lectern/contract/mail";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { Loaded } from "../../../../account/loaded.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { languageName } from "../../../../format/names.ts";
import { useMay } from "../../../../office/office-me.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { Facts } from "../../../../office/record-page.tsx";
import { SidePanel } from "../../../../office/side-panel.tsx";
import { useUndo } from "../../../../office/undo.tsx";
import { MailBadge } from "./mail-badge.tsx";

const AGAIN_MS = 5000;

interface MailPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  /** Lists all that are about the same. */
  readonly onAbout: (aboutId: string) => void;
}

/** One mail beside the list: to whom, what it says, and what became of it. */
export function MailPanel({ id, onClose, onAbout }: MailPanelProps) {
  const t = useTranslations("officeMail");
  const mail = useQuery(
    useApi().mail.byId.queryOptions({ id }, { staleTime: 0, refetchInterval: AGAIN_MS }),
  );
  const { data } = mail;
  return (
    <SidePanel
      title={data?.subject ?? t("mail")}
      badge={data === undefined ? undefined : <MailBadge state={data.state} />}
      onClose={onClose}
    >
      <Loaded query={mail}>{(found) => <One mail={found} onAbout={onAbout} />}</Loaded>
    </SidePanel>
  );
}

function One({ mail, onAbout }: { mail: MailDetail; onAbout: (aboutId: string) => void }) {
  const t = useTranslations("officeMail");
  const api = useApi();
  const may = useMay();
  const undo = useUndo();
  const queryClient = useQueryClient();
  const trying = useCall(api.mail.resend.mutationOptions());
  const { id, kind, state, recipient, createdAt, sentAt, attempts, lastError, calendar } = mail;
  function resend(): void {
    trying.mutate(
      { id, idempotencyKey: trying.keyOf({ id }) },
      {
        onSuccess: () => {
          undo.say(t("resent"));
          void queryClient.invalidateQueries(api.mail.pathFilter());
        },
      },
    );
  }
  return (
    <div className="office-mail-one">
      {lastError === null ? null : (
        <p className="office-mail-error">{t("lastError", { error: lastError })}</p>
      )}
      <CallFailure call={trying} />
      <p className="office-mail-do">
        {state === "failed" && may("jobs.write") ? (
          <Button size="small" isBusy={trying.isPending} onClick={resend}>
            {t("resend")}
          </Button>
        ) : null}
        <Button variant="outline" size="small" onClick={() => onAbout(mail.aboutId)}>
          {t("aboutSame")}
        </Button>
      </p>
      <Facts
        facts={[
          [t("recipient"), `${recipient.name} <${recipient.email}>`],
          [t("kind"), t(`kind_${kind}`)],
          [t("written"), <OfficeInstant key="written" instant={createdAt} />],
          [
            t("sent"),
            sentAt === null ? t("notSent") : <OfficeInstant key="sent" instant={sentAt} />,
          ],
          [t("attempts"), String(attempts)],
          [t("language"), languageName(mail.language)],
          [t("messageId"), mail.messageId],
          ...(calendar === null ? [] : [[t("calendar"), calendar.method] as const]),
        ]}
      />
      <div>
        <p className="label">{t("text")}</p>
        <pre className="office-mail-text" lang={mail.language} tabIndex={0} aria-label={t("text")}>
          {mail.text}
        </pre>
        <p className="aside-note">{t("withoutKeys")}</p>
      </div>
    </div>
  );
}
