import { type RouterInputs, type RouterOutputs, newIdempotencyKey } from "@lectern/client";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi, useClient } from "../../../data/api.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { changeItems, useOptimisticCall } from "../../../office/use-optimistic-call.ts";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

type Listed = RouterOutputs["enquiries"]["list"];
type Enquiry = Listed["items"][number];
type To = Extract<RouterInputs["enquiries"]["move"]["to"], "in_progress" | "spam">;

/** Questions from the site that nobody has begun to answer. */
export function Enquiries({ list }: { list: Today["enquiries"] }) {
  return (
    <TodaySection part="enquiries" list={list}>
      {(enquiry) => <OneEnquiry key={enquiry.id} enquiry={enquiry} />}
    </TodaySection>
  );
}

function OneEnquiry({ enquiry }: { enquiry: Enquiry }) {
  const t = useTranslations("officeToday");
  const { id, name, company, email, kind, course, participants, message, createdAt } = enquiry;
  return (
    <TodayItem
      title={
        <OfficeLink href={`/office/enquiries/${id}`}>
          {company === null ? name : t("nameOf", { name, company })}
        </OfficeLink>
      }
      facts={
        <>
          <span>{t(`enquiry_${kind}`)}</span>
          {course === null ? null : <span>{course.title}</span>}
          {participants === null ? null : <span>{t("people", { count: participants })}</span>}
          <span>
            <OfficeInstant instant={createdAt} />
          </span>
          <a href={`mailto:${email}`}>{email}</a>
        </>
      }
      actions={<Move enquiry={enquiry} />}
    >
      <p className="today-message">{message}</p>
    </TodayItem>
  );
}

function Move({ enquiry }: { enquiry: Enquiry }) {
  const t = useTranslations("officeToday");
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const may = useMay();
  const moving = useOptimisticCall({
    call: api.enquiries.move.mutationOptions(),
    shownIn: api.enquiries.list.infiniteQueryFilter(),
    show: (shown: InfiniteData<Listed, string | null>, { id }) =>
      changeItems(shown, (one) => (one.id === id ? undefined : one)),
  });
  if (!may("enquiries.write")) return null;
  async function move(to: To): Promise<void> {
    const wish = { id: enquiry.id, version: enquiry.version, to };
    const { version } = await moving.mutateAsync({ ...wish, idempotencyKey: moving.keyOf(wish) });
    const words = t(`moved_${to}`, { name: enquiry.name });
    // What was begun does not become new again.
    if (to === "in_progress") {
      undo.say(words);
      return;
    }
    undo.done({
      words,
      undo: async () => {
        const back = { id: enquiry.id, version, to: "new" as const };
        await client.enquiries.move.mutate({ ...back, idempotencyKey: newIdempotencyKey() });
        await queryClient.invalidateQueries(api.enquiries.list.infiniteQueryFilter());
      },
    });
  }
  return (
    <>
      <Button size="small" onClick={() => void move("in_progress").catch(() => {})}>
        {t("begin")}
      </Button>
      <Button size="small" variant="outline" onClick={() => void move("spam").catch(() => {})}>
        {t("spam")}
      </Button>
    </>
  );
}
