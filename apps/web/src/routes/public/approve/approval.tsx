import type { BookingApproval } from "@lectern/contract/bookings";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { langOf } from "../../../language/lang-of.ts";
import { Countdown } from "../../../time-left/countdown.tsx";
import { RunSide } from "../booking/run-side.tsx";
import { ApprovalForm } from "./approval-form.tsx";

export interface ApprovalProof {
  readonly reference: string;
  readonly approvalKey: string;
}

interface ApprovalProps {
  readonly approval: BookingApproval;
  readonly proof: ApprovalProof;
  /** When it was read, on this device's clock. */
  readonly readAt: number;
}

/** What is to be approved, and what became of it. */
export function Approval({ approval, proof, readAt }: ApprovalProps) {
  const t = useTranslations("approval");
  const api = useApi();
  const queryClient = useQueryClient();
  const { status, run, places, booker, expiresAt, serverTime } = approval;
  const heading = useFocusOnChange<HTMLHeadingElement>(status, true);
  const query = api.bookings.approval.queryKey(proof);
  const canApprove = status === "awaiting_approval" || status === "expired";

  function said(): { title: string; words: string } {
    switch (status) {
      case "awaiting_approval":
        return {
          title: t("heading"),
          words: t("lede", { booker: booker.name, count: places }),
        };
      case "confirmed":
        return {
          title: t("heading_confirmed"),
          words: t("words_confirmed", { booker: booker.name }),
        };
      case "cancelled":
      case "expired":
        return { title: t(`heading_${status}`), words: t(`words_${status}`) };
      case "held":
      case "awaiting_payment":
        return { title: t("heading_other"), words: t("words_other") };
    }
  }
  const { title, words } = said();
  return (
    <div className="page approve">
      <header className="approve-head">
        <p className="approve-course" lang={langOf(run.course.contentLanguage)}>
          <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
            {run.course.title}
          </Link>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="approve-words">{words}</p>
      </header>
      <div className="approve-frame">
        <div className="approve-step">
          <Facts approval={approval} />
          {status === "awaiting_approval" && expiresAt !== null ? (
            <Countdown
              label={t("setAside")}
              expiresAt={expiresAt}
              serverTime={serverTime}
              readAt={readAt}
              timeZone={run.timeZone}
              onEnd={() => void queryClient.invalidateQueries({ queryKey: query })}
            />
          ) : null}
          {canApprove ? (
            <ApprovalForm
              approval={approval}
              proof={proof}
              onDecided={(after) => queryClient.setQueryData(query, after)}
              onRefused={() => void queryClient.invalidateQueries({ queryKey: query })}
            />
          ) : null}
        </div>
        <RunSide run={run} />
      </div>
    </div>
  );
}

function Facts({ approval }: { approval: BookingApproval }) {
  const t = useTranslations("approval");
  const { booker, places, total, reference } = approval;
  return (
    <dl className="approve-facts">
      <div>
        <dt className="label">{t("askedBy")}</dt>
        <dd>
          {booker.name}, {booker.email}
          {booker.company === null ? null : <>, {booker.company}</>}
        </dd>
      </div>
      <div>
        <dt className="label">{t("places")}</dt>
        <dd>{places}</dd>
      </div>
      <div>
        <dt className="label">{t("total")}</dt>
        <dd>
          {total === null ? (
            t("onRequest")
          ) : (
            <>
              <Localized>{formatMoney(total)}</Localized> {t("withoutTax")}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt className="label">{t("reference")}</dt>
        <dd className="figures">{reference}</dd>
      </div>
    </dl>
  );
}
