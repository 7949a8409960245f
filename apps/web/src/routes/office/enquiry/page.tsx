import type { EnquiryForStaff, EnquiryListItem } from "@lectern/contract/enquiries";
import { Id } from "@lectern/contract/primitives";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import type { Action } from "../../../office/actions-menu.tsx";
import { oneFilter } from "../../../office/address-filters.ts";
import { useCommands } from "../../../office/commands.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordPage, RecordSection } from "../../../office/record-page.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { EnquiryBadge } from "../enquiries/enquiry-badge.tsx";
import { movesOf } from "../enquiries/moves.ts";
import { MoveDialog } from "../enquiries/note-dialog.tsx";
import { useMoveEnquiry } from "../enquiries/use-move-enquiry.ts";
import { EnquirySide } from "./enquiry-side.tsx";
import { HistoryPart } from "./history-part.tsx";
import { QuotePanel } from "./quote-panel.tsx";
import { QuotesPart } from "./quotes-part.tsx";
import { useEnquiry } from "./use-enquiry.ts";
import { useReply } from "./use-reply.ts";
import "./office-enquiry.css";

/** What is open beside the page: a quote, or a new one, with the date that it begins with. */
const OPEN = z.object({
  quote: oneFilter(z.union([Id, z.literal("new")])),
  run: oneFilter(Id),
});

/** One enquiry: what is asked for, by whom, how it stands, and what was quoted. */
export function OfficeEnquiryPage() {
  const { id } = useParams({ from: "/office/enquiries/$id" });
  return (
    <BookingWords>
      {/* Another enquiry is another page, though its address begins alike. */}
      <One key={id} id={id} />
    </BookingWords>
  );
}

function One({ id }: { id: string }) {
  return <Loaded query={useEnquiry(id)}>{(enquiry) => <Enquiry enquiry={enquiry} />}</Loaded>;
}

/** As lists have it. */
function listed({
  quotes,
  note: _note,
  history: _history,
  ...enquiry
}: EnquiryForStaff): EnquiryListItem {
  return { ...enquiry, quote: quotes[0] ?? null };
}

function Enquiry({ enquiry }: { enquiry: EnquiryForStaff }) {
  const t = useTranslations("officeEnquiries");
  const may = useMay();
  const open = useAddressFilters(OPEN);
  const [isMoved, setIsMoved] = useState(false);
  const moving = useMoveEnquiry();
  const { id, name, status, kind, company, createdAt } = enquiry;
  const canWrite = may("enquiries.write");
  const canMove = canWrite && movesOf(status).length > 0 && !moving.isMoving(id);
  const canQuote = canWrite && status !== "spam";
  const reply = useReply(enquiry);
  const quote = () => open.set({ quote: "new", run: undefined });
  const menu: Action[] = canMove
    ? [
        ...movesOf(status).map((to) => ({
          id: to,
          words: t(`moveTo_${to}`),
          isDangerous: to === "spam",
          run: () => void moving.move({ enquiry: listed(enquiry), to }),
        })),
        { id: "note", words: t("moveWithNote"), run: () => setIsMoved(true) },
      ]
    : [];
  useCommands([
    ...menu,
    ...(canQuote ? [{ id: "quote", words: t("newQuote"), keys: "q", run: quote }] : []),
  ]);
  useShortcut("m", t("moveThis"), { isOff: !canMove, run: () => setIsMoved(true) });
  useShortcut("q", t("newQuote"), { isOff: !canQuote, run: quote });
  useShortcut("r", t("reply"), { run: () => globalThis.location.assign(reply) });
  const shown = open.filters.quote;
  return (
    <>
      <RecordPage
        title={name}
        back={{ href: "/office/enquiries", words: t("toList") }}
        badge={<EnquiryBadge status={status} />}
        facts={
          <>
            <span>{t(`kind_${kind}`)}</span>
            {company === null ? null : <span>{company}</span>}
            <OfficeInstant instant={createdAt} />
          </>
        }
        actions={
          <>
            {status === "new" && canMove ? (
              <Button
                onClick={() => void moving.move({ enquiry: listed(enquiry), to: "in_progress" })}
              >
                {t("takeInHand")}
              </Button>
            ) : null}
            <a className="button button-outline button-medium" href={reply}>
              {t("reply")}
            </a>
          </>
        }
        menu={menu}
        side={<EnquirySide enquiry={enquiry} />}
      >
        <RecordSection title={t("message")}>
          <p className="office-enquiry-message" lang={enquiry.language}>
            {enquiry.message}
          </p>
        </RecordSection>
        <QuotesPart
          enquiry={enquiry}
          canQuote={canQuote}
          shown={shown}
          onShow={(which) => open.set({ quote: which, run: undefined })}
        />
        <HistoryPart enquiry={enquiry} />
      </RecordPage>
      {shown === undefined || (shown === "new" && !canQuote) ? null : (
        <QuotePanel
          key={shown}
          which={shown}
          enquiry={enquiry}
          runId={open.filters.run}
          onShow={(which) => open.set({ quote: which, run: undefined })}
          onClose={() => open.clear()}
        />
      )}
      {isMoved ? (
        <MoveDialog
          enquiry={listed(enquiry)}
          onMove={moving.attempt}
          onClose={() => setIsMoved(false)}
        />
      ) : null}
    </>
  );
}
