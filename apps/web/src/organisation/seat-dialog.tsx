import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../account/loaded.tsx";
import { useApi } from "../data/api.ts";
import { ClaimLinkDialog } from "../routes/public/booked/claim-link-dialog.tsx";
import { LearnerDialog } from "../routes/public/booked/learner-dialog.tsx";

/** What is to be done about a place: to say who comes, or to get a link with which they do that themselves. */
export interface SeatWish {
  readonly kind: "name" | "link";
  readonly reference: string;
  readonly registrationId: string;
}

interface SeatDialogProps {
  readonly wish: SeatWish;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** Says who comes to a place of a company, as on the page of its booking. */
export function SeatDialog({ wish, onChanged, onClose }: SeatDialogProps) {
  const { kind, reference, registrationId } = wish;
  const booking = useQuery(
    useApi().bookings.byReference.queryOptions({ reference }, { staleTime: 0 }),
  );
  return (
    <Loaded query={booking}>
      {(found) => {
        const place = found.registrations.find(({ id }) => id === registrationId);
        if (place === undefined) return null;
        const about = { booking: found, accessKey: null, place, onClose };
        return kind === "name" ? (
          <LearnerDialog {...about} onChanged={onChanged} />
        ) : (
          <ClaimLinkDialog {...about} />
        );
      }}
    </Loaded>
  );
}
