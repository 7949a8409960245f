/** What search engines may fetch: everything but single bookings and the way to them. */
export function robots(origin: string): string {
  const lines = [
    "User-agent: *",
    "Disallow: /book/",
    "Disallow: /bookings/",
    "Disallow: /trpc",
    "",
    `Sitemap: ${origin}/sitemap.xml`,
  ];
  return `${lines.join("\n")}\n`;
}
