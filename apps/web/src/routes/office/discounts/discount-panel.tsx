import type { DiscountListItem, DiscountUse } from "@lectern/contract/discounts";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../office/record-page.tsx";
import { SidePanel } from "../../../office/side-panel.tsx";
import { MoreButton } from "../run/more-button.tsx";
import { ChangeForm } from "./change-form.tsx";
import { DeactivateDialog } from "./deactivate-dialog.tsx";
import { DiscountBadge } from "./discount-badge.tsx";
import { useValueWords, useWindowWords } from "./use-value-words.ts";

interface DiscountPanelProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One code beside the list: what it does, what can be changed, and who used it. */
export function DiscountPanel({ id, onClose }: DiscountPanelProps) {
  const t = useTranslations("officeDiscounts");
  const discount = useQuery(useApi().discounts.byId.queryOptions({ id }));
  const { data } = discount;
  return (
    <SidePanel
      title={data?.code ?? t("code")}
      badge={data === undefined ? undefined : <DiscountBadge state={data.state} />}
      onClose={onClose}
    >
      <Loaded query={discount}>{(found) => <One discount={found} />}</Loaded>
    </SidePanel>
  );
}

function One({ discount }: { discount: DiscountListItem }) {
  const t = useTranslations("officeDiscounts");
  const may = useMay();
  const valueWords = useValueWords();
  const windowWords = useWindowWords();
  const [open, setOpen] = useState<"change" | "deactivate">();
  const { used, maxUses } = discount;
  return (
    <div className="office-discounts-one">
      {discount.description === "" ? null : <p>{discount.description}</p>}
      <Facts
        facts={[
          [t("value"), <Localized key="value">{valueWords(discount.value)}</Localized>],
          [
            t("uses"),
            maxUses === null
              ? String(used)
              : t("usedOf", { used: String(used), most: String(maxUses) }),
          ],
          [t("valid"), <Localized key="valid">{windowWords(discount)}</Localized>],
          [t("course"), discount.course?.title ?? t("allCourses")],
        ]}
      />
      {may("discounts.write") ? (
        open === "change" ? (
          <ChangeForm discount={discount} onEnd={() => setOpen(undefined)} />
        ) : (
          <p className="office-discounts-do">
            <Button variant="outline" size="small" onClick={() => setOpen("change")}>
              {t("change")}
            </Button>
            {discount.isActive ? (
              <Button variant="outline" size="small" onClick={() => setOpen("deactivate")}>
                {t("deactivate")}
              </Button>
            ) : null}
          </p>
        )
      ) : null}
      <Uses id={discount.id} />
      {open === "deactivate" ? (
        <DeactivateDialog discount={discount} onClose={() => setOpen(undefined)} />
      ) : null}
    </div>
  );
}

/** Which bookings used it, the newest first. */
function Uses({ id }: { id: string }) {
  const t = useTranslations("officeDiscounts");
  const api = useApi();
  const list = useInfiniteQuery(
    api.discounts.uses.infiniteQueryOptions(
      { id, limit: 20 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <RecordSection title={t("whoUsed")}>
      <Loaded query={list}>
        {({ pages }) => {
          const uses = pages.flatMap((page) => page.items);
          return (
            <>
              {uses.length === 0 ? <p>{t("usedNever")}</p> : null}
              <ul className="office-discounts-uses">
                {uses.map((use) => (
                  <Use key={use.id} use={use} />
                ))}
              </ul>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
    </RecordSection>
  );
}

function Use({ use }: { use: DiscountUse }) {
  const t = useTranslations("officeDiscounts");
  const { reference, booker, courseTitle, saved, state } = use;
  return (
    <li>
      <span>
        <OfficeLink href={`/office/bookings/${reference}`}>{reference}</OfficeLink>{" "}
        {booker?.name ?? t("nobody")}
        {state === "active" ? null : <span className="aside-note"> {t("givenBack")}</span>}
      </span>
      <span className="figures">
        {saved === null ? null : <Localized>{formatMoney(saved)}</Localized>}
      </span>
      <span className="aside-note">
        {courseTitle} <OfficeInstant instant={use.createdAt} />
      </span>
    </li>
  );
}
