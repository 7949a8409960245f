import type { Needs } from "./may.ts";
import type { OfficeIconName } from "./office-icon.tsx";

/** The parts of the settings, in their order, each at its own address below them, and what one needs to see it. */
export const SETTINGS_PARTS = [
  { id: "academy", needs: "settings.write" },
  { id: "venues", needs: "runs.write" },
  { id: "jobs", needs: "jobs.read" },
  { id: "mail", needs: "mail.read" },
  { id: "audit", needs: "audit.read" },
  { id: "keys", needs: "keys.rotate" },
  { id: "privacy", needs: "privacy.write" },
  { id: "sign-in", needs: "identity.write" },
] as const satisfies readonly { readonly id: string; readonly needs: Needs }[];
export type SettingsPart = (typeof SETTINGS_PARTS)[number]["id"];

/** A page of the back office. */
export interface OfficePageEntry {
  readonly address: `/office/${string}`;
  /** Others that belong to it, with all below them. */
  readonly also?: readonly `/office/${string}`[];
  /** Name of its message, `office.page_…`. */
  readonly words:
    | "page_today"
    | "page_schedule"
    | "page_teaching"
    | "page_courses"
    | "page_bookings"
    | "page_people"
    | "page_organisations"
    | "page_enquiries"
    | "page_articles"
    | "page_discounts"
    | "page_reports"
    | "page_settings";
  readonly icon: OfficeIconName;
  /** What one needs to see it, and what stands below its address; without it, every member of staff does. */
  readonly needs?: Needs;
  /** Pages below it that need something of their own. */
  readonly parts?: readonly { readonly id: string; readonly needs: Needs }[];
  /** After `g`, goes there. */
  readonly key: string;
}

/**
 * The pages, in the order of the navigation: the one place that says who sees which. A page is shown once its route
 * is in `routes/office/office-tree.ts`.
 */
export const OFFICE_PAGES: readonly OfficePageEntry[] = [
  { address: "/office/today", words: "page_today", icon: "today", key: "t" },
  {
    address: "/office/schedule",
    words: "page_schedule",
    icon: "schedule",
    needs: "runs.read",
    also: ["/office/runs"],
    key: "s",
  },
  {
    address: "/office/teaching",
    words: "page_teaching",
    icon: "teaching",
    needs: "attendance.write",
    key: "m",
  },
  {
    address: "/office/courses",
    words: "page_courses",
    icon: "courses",
    needs: "courses.read",
    key: "c",
  },
  {
    address: "/office/bookings",
    words: "page_bookings",
    icon: "bookings",
    needs: "bookings.read.any",
    key: "b",
  },
  {
    address: "/office/people",
    words: "page_people",
    icon: "people",
    needs: "people.read",
    key: "p",
  },
  {
    address: "/office/organisations",
    words: "page_organisations",
    icon: "organisations",
    needs: "organisations.read",
    key: "o",
  },
  {
    address: "/office/enquiries",
    words: "page_enquiries",
    icon: "enquiries",
    needs: "enquiries.read",
    key: "e",
  },
  {
    address: "/office/articles",
    words: "page_articles",
    icon: "articles",
    needs: "articles.write",
    key: "a",
  },
  {
    address: "/office/discounts",
    words: "page_discounts",
    icon: "discounts",
    needs: "discounts.read",
    key: "d",
  },
  {
    address: "/office/reports",
    words: "page_reports",
    icon: "reports",
    needs: "reports.read",
    key: "r",
  },
  {
    address: "/office/settings",
    words: "page_settings",
    icon: "settings",
    needs: SETTINGS_PARTS.map(({ needs }) => needs),
    parts: SETTINGS_PARTS,
    key: ",",
  },
];

/** @returns the page that an address belongs to: its own, or one below it */
export function officePageAt(pathname: string): OfficePageEntry | undefined {
  return OFFICE_PAGES.find(({ address, also = [] }) =>
    [address, ...also].some((path) => isAt(pathname, path)),
  );
}

/** @returns what one needs to see an address, which is its page's unless it belongs to a part of it */
export function needsAt(pathname: string): Needs | undefined {
  const page = officePageAt(pathname);
  const part = page?.parts?.find(({ id }) => isAt(pathname, `${page.address}/${id}`));
  return (part ?? page)?.needs;
}

function isAt(pathname: string, address: string): boolean {
  return pathname === address || pathname.startsWith(`${address}/`);
}
