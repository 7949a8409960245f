import { isLecternError } from "@lectern/client";
import type { BookingDetail } from "@lectern/contract/bookings";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { livePlaces } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";

interface ConfirmFailureProps {
  readonly booking: BookingDetail;
  readonly accessKey: string;
  readonly failure: unknown;
  /** Called when the booking has places few enough. */
  readonly onFewer: () => void;
}

/** Why the booking could not be confirmed. Who may have some of the places can go on with those. */
export function ConfirmFailure({ booking, accessKey, failure, onFewer }: ConfirmFailureProps) {
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const most = isLecternError(failure, "TooManyPlaces")
    ? Math.max(0, failure.data.limit - failure.data.alreadyBooked)
    : booking.places;
  return (
    <FailureNotice title={tFailures("failedTitle")}>
      <p>{words(failure)}</p>
      {most > 0 && most < booking.places ? (
        <KeepFewer booking={booking} accessKey={accessKey} most={most} onFewer={onFewer} />
      ) : null}
    </FailureNotice>
  );
}

/** Gives back the places that are too many: those at the end, which are named least often. */
function KeepFewer(props: Omit<ConfirmFailureProps, "failure"> & { most: number }) {
  const { booking, accessKey, most, onFewer } = props;
  const { reference } = booking;
  const t = useTranslations("booking");
  const api = useApi();
  const queryClient = useQueryClient();
  const words = useRefusalWords();
  const [wishes] = useState(() => new Wishes());
  const giving = useMutation(
    api.registrations.cancel.mutationOptions({
      onSuccess: (fewer) => {
        const query = api.bookings.byReference.queryKey({ reference, accessKey });
        queryClient.setQueryData(query, fewer);
        onFewer();
      },
    }),
  );
  function give(): void {
    const tooMany = livePlaces(booking).slice(most);
    const wish = { reference, accessKey, registrationIds: tooMany.map(({ id }) => id) };
    giving.mutate({ ...wish, idempotencyKey: wishes.keyOf(wish) });
  }
  return (
    <>
      {giving.isError ? <p>{words(giving.error)}</p> : null}
      <Button isBusy={giving.isPending} onClick={give}>
        {t(giving.isPending ? "keepingFewer" : "keepFewer", { count: most })}
      </Button>
    </>
  );
}
