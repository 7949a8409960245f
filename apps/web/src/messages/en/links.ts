/** Pages that a link with a key opens. */
export const links = {
  field: "Link",
  action: "Open",
  notALink: "This is not the whole link. Copy it from beginning to end.",
  wrong: "This link opens nothing. Was it copied as a whole?",
  noScript: "This page needs JavaScript, so that the key in your link stays in your browser.",
} as const;
