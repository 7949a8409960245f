export const articles = {
  title: "Articles",
  description: "How people learn, how we teach, and what we found out on the way.",
  lede: "How people learn, how we teach, and what we found out on the way.",
  by: "by {author}",
  minutes: "{count, plural, one {# minute} other {# minutes}} to read",
  more: "Earlier articles",
  emptyTitle: "Nothing here yet",
  emptyWords: "The first article is being written.",
  all: "All articles",
  courses: "Courses on {topic}",
} as const;
