/** A place that somebody booked for whoever has the link. */
export const claim = {
  opening: "Opening your place …",
  heading: "A place for you",
  lede: "{booker} booked this place for you. Say who you are, and it is yours.",
  ledeCompany: "{booker} ({company}) booked this place for you. Say who you are, and it is yours.",
  form: "Who are you?",
  emailHint: "The joining instructions go to that address.",
  terms: "I accept that my name and address are kept for this course.",
  termsMore: "Privacy",
  take: "Take the place",
  taking: "Taking it …",
  doneHeading: "The place is yours",
  doneWords: "The joining instructions go to {email}.",
  doneName: "In the name of",
  calendarDescription: "A place booked by {booker}",
  takenTitle: "This place is taken",
  takenWords:
    "Somebody has said already who comes. If that was you, there is nothing left to do. If not, ask {booker}.",
  obstacleTitle: "This place is not there any more",
  obstacleWords: "Ask {booker}, who booked it.",
  notYetTitle: "This place is not confirmed yet",
  notYetWords: "Come back with the same link once {booker} has finished the booking.",
  linkTitle: "Open your place",
  linkWords: "Paste the link that you got from whoever booked for you.",
  wrongTitle: "This link does not work any more",
  wrongWords:
    "It was replaced by a new one, or a part of it is missing. Ask whoever booked for you for the link, and open it as a whole.",
} as const;
