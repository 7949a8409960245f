import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const web: TopicContent = {
  slug: "web",
  name: "Web Development",
  summary: "From the first tag to fast, typed applications that work for everybody.",
  courses: [
    {
      code: "WEB-110",
      slug: "html-and-css",
      title: "HTML and CSS from the Ground Up",
      summary:
        "Three days to a website of your own: meaningful markup, modern layout, and type that is a pleasure to read.",
      body: prose`
        HTML and CSS are older than many of the people who use them, and they have never been better.
        Layouts that once took a framework now take four lines. This course teaches the languages as
        they are today, without the archaeology.

        You make one site from beginning to end: the pages of a small cinema, with a programme, a
        booking form and a history in pictures. The first day is for words and structure. You read
        your page aloud with a screen reader before it has any colour at all. The second day is for
        layout on every screen from a watch to a wall. On the third day the site becomes beautiful:
        type, colour, dark mode, motion used sparingly.

        Complete beginners are at home here, and so are back-end developers who have avoided the
        subject for a decade.
      `,
      level: "beginner",
      days: 3,
      prerequisites: ["None"],
      outcomes: [
        "Write markup that carries meaning for people and machines",
        "Lay out pages with grid and flexbox, for any width",
        "Set type with rhythm, contrast and restraint",
        "Build forms that help people fill them in",
        "Publish a site and check it for accessibility",
      ],
      modules: [
        {
          title: "Words and structure",
          topics: ["Elements and outlines", "Links and images", "Tables", "Reading it aloud"],
        },
        {
          title: "The cascade",
          topics: ["Selectors", "Layers", "Units", "Custom properties"],
        },
        {
          title: "Layout",
          topics: ["Flow", "Flexbox", "Grid", "Container queries"],
        },
        {
          title: "Forms",
          topics: ["Labels and hints", "Validation in the browser", "Errors that help"],
        },
        {
          title: "Finish",
          topics: ["Typography", "Colour and dark mode", "Motion", "Publishing"],
        },
      ],
      keywords: ["HTML", "CSS", "responsive design", "forms", "flexbox", "grid"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr"],
      related: ["WEB-130", "UXD-210", "UXD-250"],
      pounds: 1290,
    },
    {
      code: "WEB-130",
      slug: "javascript-in-the-browser",
      title: "JavaScript in the Browser",
      summary:
        "Learn to program by making pages respond: values, functions, events, requests and the tools that show you what is going on.",
      body: prose`
        Programming is easiest to learn where you can see it happen, and nowhere is that easier than
        in a browser. Open a panel, type a line, and the page moves.

        In three days you build five small things, each of which needs one idea more than the last: a
        tip calculator, a shopping list that remembers, a quiz, a map of the weather, and a drawing
        board that two people can share. You learn to read errors as directions, to step through code
        as it runs, and to look things up in the reference that professionals use.

        You should know a little HTML. You need not have programmed before, and if you have, the
        exercises have a second, steeper path.
      `,
      level: "beginner",
      days: 3,
      prerequisites: ["WEB-110 or some HTML of your own"],
      outcomes: [
        "Write and compose functions over lists and objects",
        "Respond to what people do on a page",
        "Fetch data and handle slowness and failure",
        "Find a fault with the developer tools instead of guessing",
        "Organise a small program in modules",
      ],
      modules: [
        {
          title: "Values and functions",
          topics: ["Numbers and text", "Lists and objects", "Functions", "Decisions"],
        },
        {
          title: "The page",
          topics: ["Finding elements", "Events", "Forms", "Changing what is seen"],
        },
        {
          title: "The world outside",
          topics: ["Requests", "Promises", "Storage", "When the network is away"],
        },
        {
          title: "A program of your own",
          topics: ["Modules", "Debugging", "Small tests", "Sharing it"],
        },
      ],
      keywords: ["JavaScript", "DOM", "front end", "debugging", "first programming"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb"],
      related: ["WEB-110", "WEB-220", "LNG-110"],
      alsoIn: ["programming-languages"],
      pounds: 1290,
    },
    {
      code: "WEB-220",
      slug: "react-with-typescript",
      title: "React with TypeScript",
      summary:
        "State, data, forms and tests in a real application, with types that catch mistakes and components that can be changed without fear.",
      body: prose`
        React is small. Applications built with it are not, and what makes them hard is seldom React:
        it is state in the wrong place, data fetched twice, effects that chase each other, and types
        that were silenced when they had a point.

        Over four days you build the timetable of a regional railway. It has search, live delays,
        bookings that can fail, offline travellers and a press office that wants it in four languages.
        You will put state where it belongs, let a query library own the server's data, write forms
        that survive bad networks, and test behaviour through the screen as a person would see it.

        We use current React throughout, including server rendering, and TypeScript in its strictest
        setting from the first line.
      `,
      level: "intermediate",
      days: 4,
      prerequisites: ["Solid JavaScript", "WEB-110 or equal experience of HTML and CSS"],
      outcomes: [
        "Decide where each piece of state lives, and why",
        "Load, cache and update server data without effects",
        "Type components so that wrong use fails to compile",
        "Build forms that are accessible and resilient",
        "Test through the rendered page",
      ],
      modules: [
        {
          title: "Components and types",
          topics: ["Props that cannot lie", "Composition", "Generic components", "Events"],
        },
        {
          title: "State",
          topics: ["Local, shared, in the URL", "Reducers", "When an effect is right", "Context"],
        },
        {
          title: "Server data",
          topics: ["Queries and caches", "Mutations", "Optimism and regret", "Suspense"],
        },
        {
          title: "Forms and routes",
          topics: ["Validation with shared shapes", "Typed routes", "Errors", "Offline"],
        },
        {
          title: "Quality",
          topics: ["Tests", "Rendering on the server", "Profiling", "Upgrades"],
        },
      ],
      keywords: ["React", "TypeScript", "front end", "single-page application", "testing"],
      deliveryModes: ["classroom", "virtual", "blended"],
      languages: ["en", "nb", "tr"],
      related: ["LNG-210", "WEB-240", "WEB-320"],
      pounds: 1990,
    },
    {
      code: "WEB-240",
      slug: "web-performance",
      title: "Web Performance",
      summary:
        "Measure what visitors feel, find the cause, and make a slow site quick while keeping its features.",
      body: prose`
        Speed is a feature that every visitor notices and nobody orders. In this course you take a
        news site that needs eleven seconds on an ordinary telephone and bring it under two. You may
        not remove anything that a reader would miss.

        First you learn to measure: in a laboratory, where things can be repeated, and in the field,
        where they are true. Then you follow the bytes. Most of the gains lie in what is sent, when it
        is sent and what waits for it; the rest lie in the long tasks that make a page feel stuck.
        We treat images, fonts, scripts, caches and servers in the order in which they usually hurt.

        On the second afternoon you write a budget and put it into the build, so that the site is
        still quick at Christmas.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["Two years of web development"],
      outcomes: [
        "Measure loading, responsiveness and stability in the field",
        "Read a network waterfall and a flame chart",
        "Deliver images, fonts and scripts in the right order",
        "Use caches from the browser to the edge correctly",
        "Keep a performance budget in the build",
      ],
      modules: [
        {
          title: "Measuring",
          topics: ["What people feel", "Field and laboratory", "Percentiles", "Honest devices"],
        },
        {
          title: "Loading",
          topics: ["Critical path", "Images", "Fonts", "Scripts and splitting"],
        },
        {
          title: "Responding",
          topics: ["Long tasks", "Layout and paint", "Workers", "Third parties"],
        },
        {
          title: "Staying quick",
          topics: ["HTTP caching", "Streaming from the server", "Budgets", "Regressions"],
        },
      ],
      keywords: ["Core Web Vitals", "performance", "caching", "page speed"],
      deliveryModes: ["virtual", "classroom"],
      languages: ["en"],
      related: ["WEB-220", "OPS-250", "UXD-210"],
      pounds: 1290,
    },
    {
      code: "WEB-260",
      slug: "api-design",
      title: "API Design: HTTP, REST and RPC",
      summary:
        "Design interfaces that are easy to use, hard to misuse and possible to change, whichever style you choose.",
      body: prose`
        An API is a promise made to people you will never meet, in a form that is awkward to take
        back. This course is about making promises you can keep.

        We design three: a public API for a museum's collection, an internal one between two teams
        that are not on speaking terms, and a typed RPC interface for a product's own front end. The
        contrast is the point. Pagination, errors, idempotency, versions, time and money come up in
        each, and each style has its own good answer. You write the documentation before the code, and
        another group implements a client from it alone. Their questions are your defect list.

        Language matters little here; we show code in TypeScript, and the exercises can be done in
        anything that speaks HTTP.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You have built or used several HTTP APIs"],
      outcomes: [
        "Choose between REST, RPC and events for a given audience",
        "Use HTTP's methods, codes and caches as they were meant",
        "Design errors, pages and idempotency that clients can rely on",
        "Change an interface for years without breaking anyone",
        "Write a reference that people can work from",
      ],
      modules: [
        {
          title: "Audience and style",
          topics: ["Resources and procedures", "Contracts first", "Naming", "Size of a call"],
        },
        {
          title: "HTTP, properly",
          topics: ["Methods and safety", "Status codes", "Conditional requests", "Caching"],
        },
        {
          title: "The hard parts",
          topics: ["Pagination", "Errors", "Idempotency", "Time and money"],
        },
        {
          title: "Over the years",
          topics: ["Adding and removing", "Versions", "Deprecation", "Documentation"],
        },
      ],
      keywords: ["REST", "HTTP", "RPC", "OpenAPI", "API design"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "de"],
      related: ["WEB-320", "SEC-250", "ARC-210"],
      alsoIn: ["architecture-and-leadership"],
      pounds: 1290,
    },
    {
      code: "WEB-320",
      slug: "end-to-end-type-safety",
      title: "End-to-End Type Safety",
      summary:
        "One set of types from the database to the button: typed RPC, shared validation, safe migrations, and a build that stays fast.",
      body: prose`
        Rename a column, and every screen that shows it lights up in your editor. It is possible, it
        is pleasant, and at a certain size it becomes slow and strange unless somebody has planned for
        it. This course is for that somebody.

        You build a small product in a monorepo: PostgreSQL, a typed query layer, an RPC server, a
        shared client, a website and a command-line tool. Then you make it grow. With five hundred
        procedures the compiler takes a minute and the editor gives up; you learn why, and bring it
        back to a second. You publish the client to a stranger who has none of your dependencies. You
        deploy a server while last month's clients are still calling it.

        We look hard at the edges where types stop being true (the wire, the database, dates, money)
        and put a check at each of them.
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["LNG-210 or equal command of TypeScript", "Back-end experience"],
      outcomes: [
        "Carry types from schema to screen without generating code by hand",
        "Place runtime checks exactly where types are only claims",
        "Keep type-checking fast as a codebase grows",
        "Publish a typed client that stands alone",
        "Evolve contracts with old clients in the field",
      ],
      modules: [
        {
          title: "From the database up",
          topics: ["Typed queries", "Nullable truths", "Migrations", "Branded values"],
        },
        {
          title: "Over the wire",
          topics: ["RPC routers", "Validation shapes", "Errors as data", "Dates and decimals"],
        },
        {
          title: "At scale",
          topics: ["Declarations", "Project references", "What slows a compiler", "Monorepos"],
        },
        {
          title: "In other people's hands",
          topics: ["Packing a client", "Old and new together", "Type tests", "Deprecation"],
        },
      ],
      keywords: ["tRPC", "TypeScript", "monorepo", "full stack", "type safety"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["WEB-260", "LNG-210", "DBS-250"],
      alsoIn: ["programming-languages"],
      pounds: 1990,
    },
  ],
};
