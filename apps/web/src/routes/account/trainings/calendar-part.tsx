import type { CalendarFeed } from "@lectern/contract/calendar";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useGuard } from "../../../account/guard.ts";
import { Loaded } from "../../../account/loaded.tsx";
import { Said } from "../../../account/said.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi, useClient } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { formatInstant } from "../../../format/dates.ts";
import { CalendarAddress } from "./calendar-address.tsx";

type Feed = NonNullable<CalendarFeed["feed"]>;

/** The secret address at which calendar programs find one's sessions. */
export function CalendarPart() {
  const t = useTranslations("trainings");
  const api = useApi();
  const queryClient = useQueryClient();
  const [address, setAddress] = useState<string>();
  const [isWithdrawn, setIsWithdrawn] = useState(false);
  const shown = useFocusOnChange<HTMLDivElement>(address);
  const feed = useQuery(api.calendar.feed.queryOptions(undefined, { staleTime: 0 }));
  function readAgain(): void {
    void queryClient.invalidateQueries(api.calendar.feed.queryFilter());
  }
  const making = useCall(
    api.calendar.makeFeed.mutationOptions({
      gcTime: 0,
      onSuccess: (made) => {
        setAddress(made.address);
        setIsWithdrawn(false);
        readAgain();
      },
    }),
  );
  function make(): void {
    making.mutate({ idempotencyKey: making.keyOf("make") });
  }
  return (
    <AccountPart id="calendar" title={t("calendar")} words={t("calendarWords")}>
      <div ref={shown} tabIndex={-1} hidden={address === undefined}>
        {address === undefined ? null : <CalendarAddress address={address} />}
      </div>
      <CallFailure call={making} />
      <Loaded query={feed}>
        {(answer) =>
          answer.feed === null ? (
            <>
              <p>{t("calendarNone")}</p>
              <p>
                <Button variant="outline" isBusy={making.isPending} onClick={make}>
                  {t("calendarMake")}
                </Button>
              </p>
            </>
          ) : (
            <OneFeed
              feed={answer.feed}
              isShown={address !== undefined}
              isMaking={making.isPending}
              onShown={setAddress}
              onRenew={make}
              onWithdrawn={() => {
                setAddress(undefined);
                setIsWithdrawn(true);
                readAgain();
              }}
            />
          )
        }
      </Loaded>
      <Said>{isWithdrawn ? t("calendarWithdrawn") : ""}</Said>
    </AccountPart>
  );
}

interface OneFeedProps {
  readonly feed: Feed;
  readonly isShown: boolean;
  readonly isMaking: boolean;
  readonly onShown: (address: string) => void;
  readonly onRenew: () => void;
  readonly onWithdrawn: () => void;
}

function OneFeed(props: OneFeedProps) {
  const { feed, isShown, isMaking, onShown, onRenew, onWithdrawn } = props;
  const t = useTranslations("trainings");
  const client = useClient();
  const guard = useGuard();
  const [asked, setAsked] = useState<"renew" | "withdraw">();
  const showing = useMutation({
    mutationFn: () => guard(() => client.calendar.feedAddress.query()),
    onSuccess: ({ address }) => onShown(address),
    // It stands on the page alone.
    gcTime: 0,
  });
  const withdrawing = useCall(
    useApi().calendar.withdrawFeed.mutationOptions({ onSuccess: onWithdrawn }),
  );
  const made = formatInstant(feed.createdAt);
  return (
    <>
      <p>
        <Localized>
          {feed.lastReadAt === null
            ? t("calendarThere", { made })
            : t("calendarRead", { made, read: formatInstant(feed.lastReadAt) })}
        </Localized>
      </p>
      <CallFailure call={showing} />
      <CallFailure call={withdrawing} />
      <p className="trainings-actions">
        {isShown ? null : (
          <Button
            variant="outline"
            size="small"
            isBusy={showing.isPending}
            onClick={() => showing.mutate()}
          >
            {t("calendarShow")}
          </Button>
        )}
        <Button variant="outline" size="small" isBusy={isMaking} onClick={() => setAsked("renew")}>
          {t("calendarRenew")}
        </Button>
        <Button
          variant="outline"
          size="small"
          isBusy={withdrawing.isPending}
          onClick={() => setAsked("withdraw")}
        >
          {t("calendarWithdraw")}
        </Button>
      </p>
      {asked === undefined ? null : (
        <Dialog
          title={t(asked === "renew" ? "calendarRenewTitle" : "calendarWithdrawTitle")}
          onClose={() => setAsked(undefined)}
        >
          {(close) => (
            <>
              <p>{t(asked === "renew" ? "calendarRenewWords" : "calendarWithdrawWords")}</p>
              <DialogActions>
                <Button variant="outline" onClick={close}>
                  {t("calendarCancel")}
                </Button>
                <Button
                  onClick={() => {
                    close();
                    if (asked === "renew") onRenew();
                    else withdrawing.mutate({ idempotencyKey: withdrawing.keyOf("withdraw") });
                  }}
                >
                  {t(asked === "renew" ? "calendarRenew" : "calendarWithdraw")}
                </Button>
              </DialogActions>
            </>
          )}
        </Dialog>
      )}
    </>
  );
}
