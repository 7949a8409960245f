/** Titles and descriptions of the pages around a booking: what stands in their heads, before the pages load. */
export const titles = {
  booking: "Book: {course}",
  booked: "Your booking {reference}",
  bookedWords: "Keep the reference; it is how we find your booking.",
  waitlist: "Your place in the waiting list",
  waitlistWords: "Where you stand, and what is offered to you.",
  claim: "A place for you",
  claimWords: "Somebody booked a place for you: say who you are, and it is yours.",
  approval: "A booking to approve",
  approvalWords:
    "Somebody of your company wants to book, and named you as the one who approves it.",
} as const;
