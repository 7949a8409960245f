import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const userExperience: TopicContent = {
  slug: "user-experience",
  name: "User Experience",
  summary: "Understanding people, then making things that they can use.",
  courses: [
    {
      code: "UXD-110",
      slug: "foundations-of-user-experience",
      title: "Foundations of User Experience",
      summary:
        "Watch, sketch, try, repeat: the whole cycle of user-centred design in two days, with real people to learn from.",
      body: prose`
        Five minutes of watching somebody use what you made will teach you more than a month of
        discussing it. It is also slightly painful, which may be why it happens so rarely. This course
        makes a habit of it.

        You redesign the ticket machine of a tram network. On the first morning you go out and watch
        people buy tickets. By lunch you have a list of what goes wrong; by evening you have paper
        prototypes. On the second day visitors come in to try them, and you change your design twice
        before going home. The theory (perception, memory, error, mental models) comes in small
        portions at the moment when it explains something that you have just seen.

        No drawing skills are needed. Everybody who decides how something works is designing, and
        might as well do it deliberately.
      `,
      level: "beginner",
      days: 2,
      prerequisites: ["None"],
      outcomes: [
        "Observe people without leading them",
        "Turn observations into problems worth solving",
        "Sketch several ideas before choosing one",
        "Build and test a paper prototype in an hour",
        "Explain design decisions by evidence",
      ],
      modules: [
        {
          title: "Watching",
          topics: ["Observation", "Short interviews", "Journeys", "Problems worth solving"],
        },
        {
          title: "How people work",
          topics: ["Perception", "Memory and attention", "Mental models", "Error"],
        },
        {
          title: "Making",
          topics: ["Sketching", "Flows", "Paper prototypes"],
        },
        {
          title: "Trying",
          topics: ["Usability tests", "Ranking findings", "Second versions", "Telling the story"],
        },
      ],
      keywords: ["UX", "user-centred design", "usability", "prototyping"],
      deliveryModes: ["classroom"],
      languages: ["en", "nb", "tr"],
      related: ["UXD-230", "UXD-210", "UXD-130"],
      pounds: 1090,
    },
    {
      code: "UXD-130",
      slug: "content-design",
      title: "Content Design",
      summary:
        "Labels, messages, forms and help that people understand the first time, written by those who build the product.",
      body: prose`
        Half of what is called a usability problem is a word. "Submit", "Invalid input", "Manage your
        preferences": somebody typed those late in the afternoon, and thousands of people have stopped
        at them since.

        In one day you rewrite a dreadful parking-permit service from top to bottom. You begin with
        what people come to do and the words they use for it, which you find in support tickets and
        search logs. Then you write: headings that answer, buttons that say what happens, errors that
        help, and forms that ask for less. We test drafts by the simplest of methods and count how many
        readers get it right.

        Useful for designers, developers, support staff and anybody who writes the small texts of a
        product. Held in English or Norwegian, with attention to what is lost in translation.
      `,
      level: "beginner",
      days: 1,
      prerequisites: ["None"],
      outcomes: [
        "Find the words your users use",
        "Write headings, buttons and messages that carry meaning",
        "Shorten forms, and word each question fairly",
        "Test a text with five people in half an hour",
      ],
      modules: [
        {
          title: "Needs and words",
          topics: ["User needs", "Search logs and tickets", "Plain language"],
        },
        {
          title: "The small texts",
          topics: ["Headings", "Buttons and links", "Errors and empty states", "Forms"],
        },
        {
          title: "Testing and keeping",
          topics: ["Comprehension tests", "Translation", "Style guides that are used"],
        },
      ],
      keywords: ["UX writing", "content design", "microcopy", "plain language"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb"],
      related: ["ARC-120", "UXD-110", "UXD-250"],
      pounds: 490,
    },
    {
      code: "UXD-210",
      slug: "interface-design-for-developers",
      title: "Interface Design for Developers",
      summary:
        "Hierarchy, spacing, type, colour and states: make the screens you build look considered, without waiting for a designer.",
      body: prose`
        Good-looking software is mostly alignment, spacing and the nerve to leave things out. All three
        can be taught to people who think in code, because all three are systems.

        You take an internal tool that works and that nobody likes to open. In eight rounds of forty
        minutes you improve one quality at a time: structure, spacing, type, colour, tables, forms,
        states, motion. After each round the screens go up on the wall and we talk about what changed.
        By the end the tool looks as if somebody cared, and you can say which decisions did it.

        Exercises are done in HTML and CSS in the browser. If you know a component library you may use
        it, on condition that you change its defaults.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You build user interfaces", "Working knowledge of CSS"],
      outcomes: [
        "Lead the eye with hierarchy and space",
        "Set up scales for type, spacing and colour",
        "Design tables and forms that people can work in all day",
        "Cover loading, empty, error and offline states",
        "Critique a screen usefully, your own included",
      ],
      modules: [
        {
          title: "Structure",
          topics: ["Hierarchy", "Grouping", "Alignment", "Density"],
        },
        {
          title: "Systems",
          topics: ["Type scales", "Spacing", "Colour with contrast", "Dark mode"],
        },
        {
          title: "Working screens",
          topics: ["Tables", "Forms", "Navigation", "Search and filters"],
        },
        {
          title: "States and motion",
          topics: ["Loading and empty", "Errors", "Feedback", "Motion with a reason"],
        },
      ],
      keywords: ["UI design", "visual design", "typography", "layout", "dark mode"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "de"],
      related: ["WEB-110", "UXD-320", "UXD-110"],
      alsoIn: ["web"],
      pounds: 1290,
    },
    {
      code: "UXD-230",
      slug: "user-research",
      title: "User Research Methods",
      summary:
        "Interviews, diaries, surveys and tests: pick the method that fits the question, and report so that something changes.",
      body: prose`
        Research fails in two ways. It asks people what they want and believes the answer, or it finds
        out something true and nobody acts. This course deals with both.

        You plan and carry out a small study from start to finish for a client who is a real charity
        with a real question. You write an interview guide, throw most of it away, and talk to people
        who were kind enough to come. You learn to hear the difference between what somebody did last
        Tuesday and what they say they usually do. Then you make sense of forty pages of notes and
        present to the client, in ten minutes, with one recommendation that they could start on Monday.

        We also cover numbers (surveys, experiments, analytics) and what they can and cannot add.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["UXD-110 or some experience in product work"],
      outcomes: [
        "Turn a vague question into a research plan",
        "Interview without leading, and listen for behaviour",
        "Write survey questions that measure something",
        "Synthesise notes into findings with evidence",
        "Handle consent and personal data with care",
      ],
      modules: [
        {
          title: "Questions and methods",
          topics: ["Decisions behind questions", "Choosing a method", "Recruiting", "Ethics"],
        },
        {
          title: "Talking to people",
          topics: ["Interview guides", "Listening", "Diaries", "Usability tests"],
        },
        {
          title: "Counting",
          topics: ["Surveys", "Analytics", "Experiments", "Small numbers"],
        },
        {
          title: "Making it matter",
          topics: ["Synthesis", "One recommendation", "Research repositories"],
        },
      ],
      keywords: ["user research", "interviews", "surveys", "usability testing"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["UXD-110", "UXD-320", "AIM-250"],
      pounds: 1290,
    },
    {
      code: "UXD-250",
      slug: "accessibility-in-practice",
      title: "Accessibility in Practice",
      summary:
        "Build and test interfaces for keyboard, screen reader, zoom and a tired brain, and meet the standard on the way.",
      body: prose`
        Accessibility is often taught as a list of eighty criteria. We teach it as a set of
        acquaintances. You spend part of each day with people who use the web by keyboard, by ear, by
        voice and at four times the size, and who are patient about showing you how.

        In between you repair things: a menu, a date picker, a chart, a checkout. You learn the handful
        of HTML elements that do most of the work for nothing, the few patterns that need scripting,
        and how to test in ten minutes with what is already on your machine. The criteria of the
        standard appear as we meet them, with a plain explanation of whom each one is for.

        Developers, designers and testers should all leave with a short list of changes for Monday.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["Working knowledge of HTML", "You design, build or test interfaces"],
      outcomes: [
        "Test a page by keyboard, screen reader and zoom",
        "Build custom controls that behave as expected",
        "Write text alternatives that say what matters",
        "Understand WCAG 2.2 well enough to apply it",
        "Put automated checks where they help, and know their limits",
      ],
      modules: [
        {
          title: "People first",
          topics: ["Four ways of using the web", "Assistive technology", "Law in brief"],
        },
        {
          title: "Foundations",
          topics: ["Semantics", "Focus", "Names and roles", "Contrast and zoom"],
        },
        {
          title: "Hard components",
          topics: ["Menus and dialogs", "Date pickers", "Charts", "Live updates"],
        },
        {
          title: "Testing and keeping",
          topics: ["A ten-minute test", "Automated checks", "Design reviews", "Statements"],
        },
      ],
      keywords: ["accessibility", "WCAG", "a11y", "screen reader", "inclusive design"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb"],
      related: ["WEB-110", "UXD-210", "UXD-130"],
      alsoIn: ["web"],
      pounds: 1290,
    },
    {
      code: "UXD-320",
      slug: "design-systems",
      title: "Design Systems",
      summary:
        "Tokens, components, documentation and diplomacy: build the shared kit that twelve teams will choose to use.",
      body: prose`
        A design system is a product whose customers work down the corridor and have other plans. The
        components are the easy part. Adoption, versions, exceptions and governance decide whether it
        lives.

        You start one from scratch for a group of companies with three brands. There are tokens
        that work in light, dark and high contrast. There are ten components with their accessibility
        built in, a documentation site that answers before people ask, and a release that breaks nobody.
        On the third day each group plays a product team with a deadline and a special request, and the
        others have to say yes or no, with reasons.

        Designers and front-end engineers should come in pairs if they can.
      `,
      level: "advanced",
      days: 3,
      prerequisites: [
        "Three years in design or front-end development",
        "UXD-210 or equal experience",
      ],
      outcomes: [
        "Structure tokens for brands, modes and platforms",
        "Design component interfaces that bend without breaking",
        "Build accessibility and internationalisation in from the start",
        "Release, deprecate and measure adoption",
        "Say no to a request and keep the customer",
      ],
      modules: [
        {
          title: "Tokens",
          topics: ["Layers of meaning", "Brands and modes", "Formats", "Change"],
        },
        {
          title: "Components",
          topics: [
            "Anatomy and variants",
            "Composition",
            "Accessibility",
            "Text in many languages",
          ],
        },
        {
          title: "Delivery",
          topics: ["Packages", "Visual tests", "Versions", "Documentation"],
        },
        {
          title: "Diplomacy",
          topics: ["Contribution", "Exceptions", "Measuring adoption", "Funding"],
        },
      ],
      keywords: ["design systems", "design tokens", "component library", "Figma"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["UXD-210", "WEB-220", "UXD-250"],
      pounds: 1990,
    },
  ],
};
