import { isLecternError } from "@lectern/client";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { OpeningPage } from "../../../link-keys/opening-page.tsx";
import { useSignedInHint } from "../../../account/signed-in-hint.ts";
import { useApi } from "../../../data/api.ts";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { Booked } from "./booked.tsx";
import { KeyForm } from "./key-form.tsx";
import { useBookingKey } from "./use-booking-key.ts";

const route = getRouteApi("/bookings/$reference");

/** One booking, seen by whoever has its key, and by whose own it is. */
export function BookedPage() {
  const { reference } = route.useParams();
  return (
    <BookingWords>
      {/* Another booking is another page, though its address begins alike. */}
      <OneBooking key={reference} reference={reference} />
    </BookingWords>
  );
}

function OneBooking({ reference }: { reference: string }) {
  const t = useTranslations("booked");
  const api = useApi();
  const { accessKey = null, isKnown, give } = useBookingKey(reference);
  const isSignedIn = useSignedInHint();
  // Without a key it may be theirs.
  const isAsked = accessKey !== null || (isKnown && isSignedIn);
  const booking = useQuery(
    api.bookings.byReference.queryOptions(
      { reference, accessKey },
      // Others may have approved, claimed or cancelled meanwhile.
      { enabled: isAsked, refetchOnWindowFocus: "always" },
    ),
  );
  const isRefused =
    isLecternError(booking.error, "NotFound") || isLecternError(booking.error, "Invalid");

  if (isAsked && booking.data !== undefined) {
    return <Booked booking={booking.data} accessKey={accessKey} readAt={booking.dataUpdatedAt} />;
  }
  if (isKnown && (!isAsked || isRefused)) {
    return <KeyForm reference={reference} isWrong={isRefused && accessKey !== null} onKey={give} />;
  }
  return (
    <OpeningPage
      words={t("opening")}
      noScript={t("noScript")}
      failure={booking.error}
      onRetry={() => void booking.refetch()}
    />
  );
}
