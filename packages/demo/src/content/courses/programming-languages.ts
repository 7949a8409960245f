import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const programmingLanguages: TopicContent = {
  slug: "programming-languages",
  name: "Programming Languages",
  summary: "Learn a language well enough to think in it, and to know when to use another.",
  courses: [
    {
      code: "LNG-110",
      slug: "programming-with-python",
      title: "Programming with Python",
      summary:
        "A first course in programming that ends with programs you will still be using next month.",
      body: prose`
        Somewhere in your week there is a task that a computer should be doing: renaming files,
        merging reports, checking a list against another list. You bring that task on the first day.
        On the fourth day you take home the program that does it.

        We go slowly at first and never skip a step. What is a value? What is a name for it? What
        happens, exactly, when this line runs? By the second day you write functions; by the third
        you read files, ask websites for data and handle what goes wrong. Each hour has ten minutes of
        explanation and fifty of writing, and somebody is always near when you are stuck.

        You need no background in computing. Biologists, accountants, librarians and teachers have
        done well here, and many have come back.
      `,
      level: "beginner",
      days: 4,
      prerequisites: ["Confidence with files and folders on your computer"],
      outcomes: [
        "Write programs with functions, loops and decisions",
        "Work with text, tables and dates",
        "Read and write files, and fetch data from the web",
        "Find and mend your own mistakes",
        "Continue learning from the official documentation",
      ],
      modules: [
        {
          title: "First steps",
          topics: ["Values and names", "Text and numbers", "Lists", "Decisions and loops"],
        },
        {
          title: "Functions",
          topics: ["Arguments and results", "Breaking a problem down", "Testing by hand"],
        },
        {
          title: "Data",
          topics: ["Dictionaries", "Files", "Spreadsheets", "Dates"],
        },
        {
          title: "The world",
          topics: ["Requests", "Errors", "Using other people's packages"],
        },
        {
          title: "Your own program",
          topics: ["A plan", "A first version", "A tidy version", "Handing it over"],
        },
      ],
      keywords: ["Python", "beginners", "programming", "automation", "scripting"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr", "de"],
      related: ["DAT-120", "WEB-130", "DAT-210"],
      pounds: 1590,
    },
    {
      code: "LNG-210",
      slug: "typescript-beyond-the-basics",
      title: "TypeScript Beyond the Basics",
      summary:
        "Make the compiler an ally: narrowing, generics, inference and the small set of advanced types that earn their keep.",
      body: prose`
        TypeScript can express almost anything, which is why so much of it is unreadable. This course
        teaches restraint as carefully as it teaches technique: which twenty per cent of the type
        system does the work, and what to do with the rest.

        You start from code that compiles and lies. There are casts, optional fields that are never
        absent, and a union that everybody checks by hand. Step by step you make wrong states
        impossible to write down. Later you design a typed event bus, a query builder and a form
        library in miniature, and learn to read the errors that other people's generics produce.

        The last half day is about speed: what makes a compiler slow, how to measure it, and how
        declarations and project references bring it back.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Half a year of TypeScript at work"],
      outcomes: [
        "Model states so that impossible ones cannot be expressed",
        "Write generic functions that infer what callers mean",
        "Use conditional and mapped types where they pay",
        "Check data at the boundary and trust it inside",
        "Diagnose slow type-checking",
      ],
      modules: [
        {
          title: "Honest types",
          topics: ["Unions and narrowing", "Strict settings", "unknown over any", "Exhaustiveness"],
        },
        {
          title: "Generics",
          topics: [
            "Inference",
            "Constraints",
            "Variance in practice",
            "Overloads and alternatives",
          ],
        },
        {
          title: "Types from types",
          topics: ["Mapped types", "Conditional types", "Template literals", "When to stop"],
        },
        {
          title: "Boundaries",
          topics: ["Runtime validation", "Branded types", "Declaration files"],
        },
        {
          title: "At speed",
          topics: ["Measuring", "Project references", "Erasable syntax", "Upgrading"],
        },
      ],
      keywords: ["TypeScript", "generics", "type system", "JavaScript"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb"],
      related: ["WEB-220", "WEB-320", "LNG-330"],
      alsoIn: ["web"],
      pounds: 1590,
    },
    {
      code: "LNG-220",
      slug: "go-for-services",
      title: "Go for Services",
      summary:
        "Write small, quick, boring services in Go, and enjoy how much of the usual machinery you no longer need.",
      body: prose`
        Go was designed for people who read more code than they write. It has few features and strong
        habits, and in three days an experienced programmer can learn both.

        You build a parcel-tracking service with the standard library alone: handlers, a database,
        configuration, structured logs, graceful shutdown. Only then do we discuss which libraries
        would have helped. Concurrency gets a whole day, with channels, contexts and the race
        detector, and with the question that is asked too seldom: does this need to be concurrent?

        Participants usually come from Java, C#, Python or TypeScript, and unlearning is part of the
        fun. There is less inheritance than you fear and more error handling than you hope.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Two years of programming in another language"],
      outcomes: [
        "Write idiomatic Go that a Go programmer would leave alone",
        "Build an HTTP service on the standard library",
        "Use goroutines, channels and contexts without leaks",
        "Test with tables, fakes and the race detector",
        "Profile a service and halve its allocations",
      ],
      modules: [
        {
          title: "The language",
          topics: ["Types and methods", "Interfaces", "Errors", "Packages"],
        },
        {
          title: "A service",
          topics: ["Handlers", "Databases", "Configuration", "Shutting down"],
        },
        {
          title: "Concurrency",
          topics: ["Goroutines", "Channels", "Contexts", "Races"],
        },
        {
          title: "Quality",
          topics: ["Tests", "Fuzzing", "Profiling", "Small containers"],
        },
      ],
      keywords: ["Go", "Golang", "microservices", "back end", "concurrency"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "tr"],
      related: ["LNG-330", "OPS-210", "WEB-260"],
      pounds: 1690,
    },
    {
      code: "LNG-240",
      slug: "modern-java",
      title: "Modern Java",
      summary:
        "Records, sealed types, pattern matching and virtual threads: catch up with ten years of Java in three days.",
      body: prose`
        Plenty of people write Java as they learnt it, which for many was version 8. The language has
        since become shorter, safer and a good deal more fun, and most of the improvement is within
        reach of an ordinary code base.

        We take one: an insurance quotation system of forty thousand lines, written with great
        diligence in 2014. You modernise it piece by piece. Value classes become records, type codes
        become sealed hierarchies, loops become streams where that helps and stay loops where it does
        not. Thread pools give way to virtual threads, and we measure what changed. The tests stay
        green throughout, and where there were none you learn how to put them in first.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Working knowledge of Java 8 or later"],
      outcomes: [
        "Model data with records, sealed types and pattern matching",
        "Use streams and optionals with judgement",
        "Replace pools by virtual threads, knowing the limits",
        "Modernise old code behind tests",
        "Tune the collector and read its logs",
      ],
      modules: [
        {
          title: "Data",
          topics: ["Records", "Sealed types", "Pattern matching", "Null, tamed"],
        },
        {
          title: "Behaviour",
          topics: ["Streams", "Functional interfaces", "Modules", "Text blocks and friends"],
        },
        {
          title: "Concurrency",
          topics: ["Virtual threads", "Structured concurrency", "Pinning", "Measurements"],
        },
        {
          title: "Old code, new Java",
          topics: [
            "Characterisation tests",
            "Stepwise change",
            "Upgrades",
            "Observing the runtime",
          ],
        },
      ],
      keywords: ["Java", "JVM", "records", "virtual threads", "streams"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "de"],
      related: ["LNG-330", "ARC-340", "DAT-310"],
      pounds: 1690,
    },
    {
      code: "LNG-310",
      slug: "systems-programming-with-rust",
      title: "Systems Programming with Rust",
      summary:
        "Ownership, lifetimes and traits, learned by writing a database, a network server and one carefully fenced piece of unsafe code.",
      body: prose`
        Everybody fights the borrow checker for about two days. Our four-day format is not a
        coincidence. By the third morning most people notice that it has stopped being an opponent:
        the design that it accepts is the design they should have had.

        The project is a key-value store that survives a power cut. You write the file format, the
        index, the recovery and a protocol over TCP. Along the way come ownership, borrowing, traits,
        error handling, iterators and async, in the order in which the project needs them. On the last
        day you write forty lines of unsafe code, state in a comment what must hold for them to be
        sound, and hand them to a neighbour to attack.

        For programmers with C, C++, Go or Java behind them. Allow an hour in the evenings for reading.
      `,
      level: "advanced",
      days: 4,
      prerequisites: ["Three years of programming", "A notion of stack, heap and pointers"],
      outcomes: [
        "Design data so that ownership is obvious",
        "Use traits and generics for abstraction without cost",
        "Handle errors that callers can act on",
        "Write concurrent and asynchronous code that compiles for good reasons",
        "Contain unsafe code and test it with the right tools",
      ],
      modules: [
        {
          title: "Ownership",
          topics: ["Moves and borrows", "Lifetimes", "Slices and strings", "Smart pointers"],
        },
        {
          title: "Abstraction",
          topics: ["Enums and matching", "Traits", "Iterators", "Errors"],
        },
        {
          title: "A store on disk",
          topics: ["Formats", "Durability", "Recovery", "Property tests"],
        },
        {
          title: "Concurrency",
          topics: ["Send and Sync", "Channels and locks", "Async", "Back-pressure"],
        },
        {
          title: "The edge",
          topics: ["Unsafe and its contract", "Foreign functions", "Benchmarks"],
        },
      ],
      keywords: ["Rust", "systems programming", "memory safety", "async", "performance"],
      deliveryModes: ["classroom"],
      languages: ["en"],
      related: ["LNG-330", "SEC-330", "LNG-220"],
      pounds: 2590,
    },
    {
      code: "LNG-330",
      slug: "concurrency-in-practice",
      title: "Concurrency in Practice",
      summary:
        "Threads, tasks, actors and transactions compared on one problem, with the bugs that each makes easy and the tools that find them.",
      body: prose`
        Concurrent programs fail rarely, in production, and never while you are looking. This course
        makes them fail on demand.

        A single problem, the box office of a theatre, is solved five times: with locks, with message
        passing, with an event loop, with actors and with database transactions. Each version is first
        written the obvious way and then broken by a test harness that chooses the worst order of
        events. You learn to state what must always be true, to check it under every interleaving that
        a tool can find, and to keep the shared part of a system so small that you can think about all
        of it.

        Code is shown in Go, Java and TypeScript. You work in the one you know best and read the
        others, which is half the lesson.
      `,
      level: "advanced",
      days: 2,
      prerequisites: ["Three years of programming in Go, Java or TypeScript"],
      outcomes: [
        "State invariants and find interleavings that break them",
        "Compare five models of concurrency by their typical bugs",
        "Use memory models, atomics and locks only as far as needed",
        "Test concurrent code deterministically",
        "Move contention to where it can be managed",
      ],
      modules: [
        {
          title: "What can go wrong",
          topics: ["Races", "Deadlock and starvation", "Memory models", "Invariants"],
        },
        {
          title: "Five theatres",
          topics: ["Locks", "Channels", "Event loops", "Actors", "Transactions"],
        },
        {
          title: "Proof and test",
          topics: ["Schedulers you control", "Model checking, gently", "Linearisability", "Load"],
        },
      ],
      keywords: ["concurrency", "threads", "actors", "locks", "race conditions"],
      deliveryModes: ["virtual", "classroom"],
      languages: ["en"],
      related: ["LNG-220", "ARC-310", "DBS-310"],
      pounds: 1490,
    },
  ],
};
