import { z } from "zod";
import { CountryCode, CurrencyCode, LanguageTag, LocalDate, Slug, line } from "./primitives.ts";
import { CourseLevel, DeliveryMode } from "./vocabulary.ts";

const FACET_CHOICES_MAX = 50;
const FACET_VALUES_MAX = 1000;

/**
 * What a visitor can narrow the catalogue and the upcoming runs by. Choices within one filter are
 * alternatives; filters combine. City, country, dates and price speak of a course's upcoming runs.
 */
export const CatalogueFilter = z.object({
  query: line(200).nullish(),
  topics: z.array(Slug).max(FACET_CHOICES_MAX).nullish(),
  levels: z.array(CourseLevel).max(3).nullish(),
  languages: z.array(LanguageTag).max(FACET_CHOICES_MAX).nullish(),
  deliveryModes: z.array(DeliveryMode).max(4).nullish(),
  countries: z.array(CountryCode).max(FACET_CHOICES_MAX).nullish(),
  cities: z.array(line(100)).max(FACET_CHOICES_MAX).nullish(),
  /** First and last local date on which a run may begin. */
  from: LocalDate.nullish(),
  to: LocalDate.nullish(),
  price: z
    .object({
      currency: CurrencyCode,
      min: z.int().min(0).max(100_000_000_00).nullish(),
      max: z.int().min(0).max(100_000_000_00).nullish(),
    })
    .nullish(),
});
export type CatalogueFilter = z.infer<typeof CatalogueFilter>;

const FacetValue = z.object({
  value: z.string().max(200),
  /** What people read: the topic's name, the city's name; codes are left to the reader's locale. */
  label: z.string().max(200),
  count: z.int().min(0),
});
const FacetValues = z.array(FacetValue).max(FACET_VALUES_MAX);

/**
 * How many courses each further choice would leave. A facet's own choices do not narrow its counts,
 * so that alternatives stay visible.
 */
export const Facets = z.object({
  topics: FacetValues,
  levels: FacetValues,
  languages: FacetValues,
  deliveryModes: FacetValues,
  countries: FacetValues,
  cities: FacetValues,
  currencies: z
    .array(
      z.object({
        currency: CurrencyCode,
        min: z.int().min(0),
        max: z.int().min(0),
        count: z.int().min(0),
      }),
    )
    .max(200),
});
export type Facets = z.infer<typeof Facets>;
