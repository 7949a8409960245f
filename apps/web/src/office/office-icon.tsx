/** Each is a path on a grid of 20 by 20, drawn with a line. */
const ICONS = {
  today: "M10 3.2v2M10 14.8v2M3.2 10h2M14.8 10h2M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  schedule: "M3.5 5.5h13v11h-13zM3.5 9h13M7 3.5v3.6M13 3.5v3.6M7 12.2h2M11.5 12.2h2",
  teaching: "M3.5 4.5h13v8.5h-13zM10 2.8v1.7M7 16.8l1.6-3.8M13 16.8L11.4 13M6.5 7.3h5M6.5 9.8h7",
  courses:
    "M10 5.2C8.4 4 6.2 3.6 3.5 3.8v11c2.7-.2 4.9.2 6.5 1.4 1.6-1.2 3.8-1.6 6.5-1.4v-11c-2.7-.2-4.9.2-6.5 1.4zM10 5.2v11",
  bookings: "M3.5 5.5h13v3.2a1.4 1.4 0 0 0 0 2.7v3.1h-13v-3.1a1.4 1.4 0 0 0 0-2.7zM12 5.5v9",
  people:
    "M10.5 6.6a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0zM3 16.2c.3-3 2.1-4.7 4.9-4.7s4.6 1.7 4.9 4.7M13 4.3a2.5 2.5 0 0 1 0 4.7M14.6 11.9c1.5.7 2.3 2.1 2.5 4.3",
  organisations:
    "M4 16.5v-13h7.5v13M11.5 8H16v8.5M2.8 16.5h14.4M6.4 6.5h2.7M6.4 9.5h2.7M6.4 12.5h2.7",
  enquiries: "M3.5 4.5h13v9.3H9.2l-3.4 2.9v-2.9H3.5zM6.6 7.8h6.8M6.6 10.6h4.4",
  articles: "M5 3.5h10v13H5zM7.6 7h4.8M7.6 10h4.8M7.6 13h2.8",
  discounts: "M3.5 3.5h6.2l6.8 6.8-6.2 6.2-6.8-6.8zM7.4 6.9a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0z",
  reports: "M3.5 16.5h13M5.5 14v-3.5M10 14V5M14.5 14V8",
  settings:
    "M3.5 6.2h6.2M13.3 6.2h3.2M3.5 13.8h3.2M10.3 13.8h6.2M13.3 6.2a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0zM10.3 13.8a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0z",
  search: "M13.4 8.6a4.8 4.8 0 1 1-9.6 0 4.8 4.8 0 0 1 9.6 0zM12.1 12.1l4.4 4.4",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  close: "M5 5l10 10M15 5L5 15",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  site: "M8 4.5H4v11.5h11.5v-4M11 4h5.5v5.5M16 4.5l-7 7",
} as const;

export type OfficeIconName = keyof typeof ICONS;

/** A sign beside words, which say the same: it is not read out. */
export function OfficeIcon({ name }: { name: OfficeIconName }) {
  return (
    <svg className="office-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={ICONS[name]} />
    </svg>
  );
}
