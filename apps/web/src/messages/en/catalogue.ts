/** Of the catalogue: its head, and what stands on the card of a course. */
export const catalogue = {
  title: "Courses",
  titleOfTopic: "{topic} courses",
  titleOfQuery: "Courses for “{query}”",
  description:
    "All courses, by topic, level, language, city, date and price, with the next dates and the places left.",
  loadingMore: "Loading more",
  shown: "{shown, number} of {total, number}",
  nextIn: "Next: {day}, {place}",
  next: "Next: {day}",
  nextOnline: "online",
  noDates: "No date yet",
  priceFrom: "from {price}",
} as const;
