import { isLecternError } from "@lectern/client";
import type { VenueDetail } from "@lectern/contract/venues";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { SelectField } from "../../../../account/select-field.tsx";
import { useCallForm } from "../../../../account/use-call-form.ts";
import { readersTimeZone } from "../../../../browser/reader.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { fieldText } from "../../../../forms/contract-shape.ts";
import { TextField } from "../../../../forms/fields.tsx";
import { Form } from "../../../../forms/form.tsx";
import type { FieldProblems } from "../../../../forms/use-contract-form.ts";
import { TimeZoneField } from "../../../../office/time-zone-field.tsx";
import { countryChoices } from "../../../../organisation/countries.ts";
import { useVenuesChanged } from "./use-venues-changed.ts";

type Place = Pick<VenueDetail, "name" | "street" | "city" | "country" | "timeZone">;

async function loadCreateShape() {
  return (await import("@lectern/contract/venues")).VenueCreateInput;
}

async function loadUpdateShape() {
  return (await import("@lectern/contract/venues")).VenueUpdateInput;
}

function placeOf(data: FormData): object {
  return {
    name: fieldText(data, "name"),
    street: fieldText(data, "street") ?? null,
    city: fieldText(data, "city"),
    country: fieldText(data, "country"),
    timeZone: fieldText(data, "timeZone"),
  };
}

interface NewVenueFormProps {
  /** Those that are within reach, where not all are. */
  readonly countries: readonly string[] | undefined;
  readonly onMade: (made: VenueDetail) => void;
}

/** Adds a place. */
export function NewVenueForm({ countries, onMade }: NewVenueFormProps) {
  const t = useTranslations("officeVenues");
  const changed = useVenuesChanged();
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadCreateShape,
    inputOf: placeOf,
    call: useApi().venues.create.mutationOptions(),
    judgedByServer: ["timeZone"],
    onDone: (made) => {
      changed();
      onMade(made);
    },
  });
  return (
    <Form {...formProps}>
      <VenueFailure call={sending} />
      <PlaceFields problems={problems} countries={countries} />
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {t("make")}
        </Button>
      </p>
    </Form>
  );
}

interface ChangeVenueFormProps {
  readonly venue: VenueDetail;
  readonly onDone: (changed: VenueDetail) => void;
  readonly children: (isBusy: boolean) => ReactNode;
}

/** Changes what is said of a place. It keeps what it began with, so that nobody overwrites what they have not seen. */
export function ChangeVenueForm({ venue, onDone, children }: ChangeVenueFormProps) {
  const changed = useVenuesChanged();
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadUpdateShape,
    inputOf: (data) => ({ ...placeOf(data), id: venue.id, version: venue.version }),
    call: useApi().venues.update.mutationOptions(),
    judgedByServer: ["timeZone"],
    onDone: (answer) => {
      changed();
      onDone(answer);
    },
  });
  return (
    <Form {...formProps}>
      <VenueFailure call={sending} />
      <PlaceFields problems={problems} place={venue} />
      {children(sending.isPending)}
    </Form>
  );
}

interface VenueFailureProps {
  readonly call: { readonly error: unknown; readonly failureCount: number };
}

function VenueFailure({ call }: VenueFailureProps) {
  const t = useTranslations("officeVenues");
  return (
    <CallFailure
      call={call}
      words={(failure) => {
        if (isLecternError(failure, "Forbidden")) return t("otherCountry");
        const isTaken =
          isLecternError(failure, "Conflict") && failure.data.reason === "already_exists";
        return isTaken ? t("alreadyThere") : undefined;
      }}
    />
  );
}

interface PlaceFieldsProps {
  readonly problems: FieldProblems;
  readonly place?: Place;
  readonly countries?: readonly string[] | undefined;
}

function PlaceFields({ problems, place, countries }: PlaceFieldsProps) {
  const t = useTranslations("officeVenues");
  const country = place?.country ?? countries?.[0] ?? "NO";
  const choices = countryChoices([country]).filter(
    ({ code }) => countries === undefined || countries.includes(code),
  );
  return (
    <>
      <TextField
        name="name"
        label={t("name")}
        value={place?.name ?? ""}
        autoComplete="off"
        problems={problems}
      />
      <TextField
        name="street"
        label={t("street")}
        hint={t("streetHint")}
        value={place?.street ?? ""}
        autoComplete="off"
        problems={problems}
        isOptional
      />
      <TextField
        name="city"
        label={t("city")}
        value={place?.city ?? ""}
        autoComplete="off"
        problems={problems}
      />
      <SelectField name="country" label={t("country")} value={country} problems={problems}>
        {choices.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <TimeZoneField
        name="timeZone"
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        value={place?.timeZone ?? readersTimeZone() ?? "UTC"}
        problems={problems}
      />
    </>
  );
}
