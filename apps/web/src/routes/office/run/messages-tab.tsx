import type { RunForStaff, RunMessage } from "@lectern/contract/run-office";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { formatList } from "../../../format/names.ts";
import { Markdown } from "../../../markdown/markdown.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { ComposeDialog } from "./compose-dialog.tsx";
import { MoreButton } from "./more-button.tsx";

/** So often it is asked what became of mails that are on their way. */
const ASK_MS = 4000;

/** What was written to those who come, and what became of it. */
export function MessagesTab({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const [isWriting, setIsWriting] = useState(false);
  const list = useInfiniteQuery(
    api.runs.messages.infiniteQueryOptions(
      { id: run.id },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ items }) => items.some(isOnItsWay)) === true ? ASK_MS : false,
      },
    ),
  );
  return (
    <RecordSection
      title={t("sentMessages")}
      actions={<Button onClick={() => setIsWriting(true)}>{t("compose")}</Button>}
    >
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t("noMessages")}</p>;
          return (
            <>
              <ul className="run-messages">
                {items.map((message) => (
                  <Message key={message.id} message={message} timeZone={run.timeZone} />
                ))}
              </ul>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
      {isWriting ? <ComposeDialog run={run} onClose={() => setIsWriting(false)} /> : null}
    </RecordSection>
  );
}

/** For a few minutes: mails of old messages are removed after their time. */
function isOnItsWay({ mails, recipients, sentAt }: RunMessage): boolean {
  const isRecent = Date.now() - Date.parse(sentAt) < 600_000;
  return isRecent && mails.sent + mails.failed < recipients;
}

function Message({ message, timeZone }: { message: RunMessage; timeZone: string }) {
  const t = useTranslations("officeRun");
  const { mails, recipients, failures } = message;
  return (
    <li>
      <details className="run-message">
        <summary>
          <strong>{message.subject}</strong>
          <span className="facts">
            <OfficeInstant instant={message.sentAt} timeZone={timeZone} />
            {message.sentBy === null ? null : <span>{t("sentBy", { name: message.sentBy })}</span>}
            <span>{t(message.isToAll ? "sentToAll" : "sentToChosen")}</span>
            <span className="figures">
              {t("deliveries", {
                sent: String(mails.sent),
                recipients: String(recipients),
                queued: Math.max(0, recipients - mails.sent - mails.failed),
                failed: mails.failed,
              })}
            </span>
          </span>
        </summary>
        <Markdown text={message.body} topHeading={3} />
      </details>
      {failures.length === 0 ? null : (
        <p className="run-undelivered">
          {t("undelivered", {
            names: formatList(failures.map(({ name, email }) => `${name} (${email})`)),
          })}
        </p>
      )}
    </li>
  );
}
