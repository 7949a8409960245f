import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const artificialIntelligence: TopicContent = {
  slug: "artificial-intelligence",
  name: "AI and Machine Learning",
  summary: "Models that learn, what they are good for, and how to tell when they are wrong.",
  courses: [
    {
      code: "AIM-110",
      slug: "machine-learning-plainly",
      title: "Machine Learning, Plainly",
      summary:
        "What models can and cannot do, explained with pencils, small data and no hand-waving, for people who have to decide about them.",
      body: prose`
        You do not need calculus to understand why a model works on Monday and fails on Thursday. You
        need a handful of ideas, a few honest experiments and somebody who will not change the subject
        when you ask what the number means.

        In two days you train small models in a notebook where every cell is already written and every
        cell can be changed. You predict house prices, sort letters, and recommend books to a stranger.
        Each time we ask the same four questions: what was it shown, what was it asked, how do we know,
        and who pays when it is wrong?

        Product owners, lawyers, civil servants, doctors, editors and managers are the people we
        wrote it for. Programmers are welcome and will find it a good foundation for the courses that
        follow.
      `,
      level: "beginner",
      days: 2,
      prerequisites: ["School mathematics, mostly forgotten, is enough"],
      outcomes: [
        "Describe training, validation and testing to somebody else",
        "Read a confusion matrix and choose a threshold for its costs",
        "Recognise leakage, bias and overfitting in an example",
        "Say what a language model does when it answers",
        "Ask a supplier the questions that matter",
      ],
      modules: [
        {
          title: "Learning from examples",
          topics: ["Features and labels", "Lines and trees", "Training and testing"],
        },
        {
          title: "How good is it?",
          topics: ["Accuracy and its traps", "Thresholds and costs", "Baselines", "Drift"],
        },
        {
          title: "Neural networks and language",
          topics: [
            "Layers",
            "Embeddings",
            "How a language model answers",
            "Why it makes things up",
          ],
        },
        {
          title: "Decisions about people",
          topics: ["Fairness", "Explanation", "Law in outline", "Questions for suppliers"],
        },
      ],
      keywords: ["machine learning", "artificial intelligence", "AI literacy", "ethics"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr", "de"],
      related: ["AIM-210", "AIM-230", "DAT-120"],
      pounds: 1090,
    },
    {
      code: "AIM-210",
      slug: "applied-machine-learning",
      title: "Applied Machine Learning with Python",
      summary:
        "Four days from a messy table to a model that is validated, explained and small enough to maintain.",
      body: prose`
        The glamorous part of machine learning takes an afternoon. The other three and a half days of
        this course are about the rest: framing the question, preparing data without cheating,
        choosing a metric that your organisation would pay for, and knowing when to stop.

        Each participant works on two data sets, one of ours and one of a list to choose from:
        energy use of buildings, hospital waiting times, failures of lifts, demand for bicycles. You
        build a plain baseline first and are only allowed a fancier model once you can say what it
        would have to beat. On the last day you present your model to the group in the role of a
        sceptical director.

        Expect to write Python throughout. The mathematics is explained in pictures and code, and
        there are longer notes for those who want the formulas.
      `,
      level: "intermediate",
      days: 4,
      prerequisites: ["Everyday Python", "Comfort with averages, variance and graphs"],
      outcomes: [
        "Turn a vague wish into a prediction problem with a baseline",
        "Prepare data in pipelines that cannot leak",
        "Choose, tune and compare linear models, forests and boosting",
        "Quantify uncertainty and calibrate probabilities",
        "Explain a model's behaviour to people who will be affected",
      ],
      modules: [
        {
          title: "Framing",
          topics: [
            "The decision behind the prediction",
            "Metrics",
            "Baselines",
            "Splitting by time",
          ],
        },
        {
          title: "Data",
          topics: ["Missing values", "Categories", "Text and dates", "Pipelines"],
        },
        {
          title: "Models",
          topics: [
            "Linear models",
            "Trees and forests",
            "Gradient boosting",
            "Tuning with restraint",
          ],
        },
        {
          title: "Evaluation",
          topics: ["Cross-validation", "Calibration", "Subgroups", "Cost curves"],
        },
        {
          title: "Explaining and handing over",
          topics: ["Global and local explanations", "Model cards", "Your presentation"],
        },
      ],
      keywords: ["scikit-learn", "Python", "gradient boosting", "prediction", "data science"],
      deliveryModes: ["classroom", "virtual", "blended"],
      languages: ["en", "nb"],
      related: ["AIM-110", "AIM-310", "AIM-340"],
      pounds: 2290,
    },
    {
      code: "AIM-230",
      slug: "building-with-language-models",
      title: "Building with Language Models",
      summary:
        "Prompts, retrieval, tools and guard rails: make an assistant that answers from your documents, cites them, and knows when to say no.",
      body: prose`
        A demonstration with a language model takes a morning and convinces everybody. A product takes
        much longer, because the model must be right on questions that nobody thought of, at a price
        that somebody will pay. This course covers the distance between the two.

        You build an assistant for the building regulations of a fictitious city. It begins as a
        single prompt and grows: retrieval over four hundred pages, citations, structured output,
        tools that look up a plot of land, a memory, and a refusal that is polite and firm. After each
        step you run the same set of two hundred questions, so that you see what helped and what only
        felt like progress.

        We use one hosted model and one that runs on your own machine, through the same small
        interface. Nothing you learn here is tied to either.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Everyday TypeScript or Python", "You have called an HTTP API"],
      outcomes: [
        "Write prompts that can be tested and versioned",
        "Build retrieval that finds the right passage, and measure that it does",
        "Use structured output and tools safely",
        "Defend against prompt injection and data leaks",
        "Estimate latency and cost for a given quality",
      ],
      modules: [
        {
          title: "What the model sees",
          topics: [
            "Tokens and context",
            "Instructions and examples",
            "Sampling",
            "Structured output",
          ],
        },
        {
          title: "Retrieval",
          topics: ["Splitting documents", "Keyword and vector search", "Re-ranking", "Citations"],
        },
        {
          title: "Tools and agents",
          topics: ["Calling functions", "Loops and budgets", "Permissions", "Human approval"],
        },
        {
          title: "Safety",
          topics: ["Prompt injection", "Privacy", "Refusals", "Logging what matters"],
        },
        {
          title: "Shipping",
          topics: ["Test sets", "Caching", "Choosing a model", "Watching it in use"],
        },
      ],
      keywords: ["LLM", "large language models", "RAG", "prompt engineering", "agents"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "tr"],
      related: ["AIM-250", "AIM-110", "WEB-260"],
      pounds: 1990,
    },
    {
      code: "AIM-250",
      slug: "evaluating-ai-systems",
      title: "Evaluating AI Systems",
      summary:
        "Test sets, judges and error analysis: find out whether the new version is better, and be able to show it.",
      body: prose`
        "It seems better" is where most AI projects end up, three months and many prompts later. This
        workshop gives you the instruments to say more.

        You learn to read failures before counting them, to sort them into kinds, and to build a small
        test set that hurts. We compare human graders with models used as judges, work out how far
        each can be trusted, and calculate how many examples a claim needs. The mathematics is modest
        and useful: confidence intervals, agreement, and a healthy respect for small samples.

        Bring a system of your own if you have one. By the end of the second day it will have a
        scorecard that runs on every change.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You have built or run something with a model in it", "Basic Python"],
      outcomes: [
        "Carry out an error analysis that leads to decisions",
        "Assemble a test set that reflects real use and rare harm",
        "Use models as judges and measure their agreement with people",
        "State a difference together with its uncertainty",
        "Put evaluation into the build and into production",
      ],
      modules: [
        {
          title: "Reading failures",
          topics: ["Sampling", "Open coding", "Kinds of error", "What is worth fixing"],
        },
        {
          title: "Test sets and graders",
          topics: ["Coverage", "Rubrics", "Agreement", "Models as judges"],
        },
        {
          title: "Numbers",
          topics: ["Intervals", "Paired comparisons", "Sample size", "Regressions"],
        },
        {
          title: "In production",
          topics: ["Online signals", "Drift", "A scorecard in the build"],
        },
      ],
      keywords: ["LLM evaluation", "benchmarks", "error analysis", "test sets"],
      deliveryModes: ["virtual", "classroom"],
      languages: ["en"],
      related: ["AIM-230", "AIM-340", "DAT-250"],
      pounds: 1390,
    },
    {
      code: "AIM-310",
      slug: "deep-learning-from-first-principles",
      title: "Deep Learning from First Principles",
      summary:
        "Write automatic differentiation, a convolutional network and a small transformer by hand, then never be mystified by a framework again.",
      body: prose`
        On the first morning you write forty lines of Python that can differentiate. By the fifth
        evening you have trained a transformer that writes passable sea shanties, and you know what
        every one of its matrices is for.

        We build each layer twice: once from nothing, to understand it, and once in a framework, to
        use it. In between come the practical arts that separate a model that learns from one that
        sits there: initialisation, normalisation, learning rates, and looking at gradients instead
        of guessing.

        This is a demanding week with homework for the keen. It suits engineers who already train
        models and want to know why their tricks work, and mathematicians who want to see their
        subject pay rent. Machines with graphics cards are provided.
      `,
      level: "advanced",
      days: 5,
      prerequisites: [
        "AIM-210 or a year of practical machine learning",
        "Linear algebra and derivatives at first-year university level",
      ],
      outcomes: [
        "Implement reverse-mode automatic differentiation",
        "Diagnose training that diverges, stalls or overfits",
        "Build and train convolutional and attention-based networks",
        "Fine-tune a pretrained model on a small budget",
        "Read a research paper and reproduce its central figure",
      ],
      modules: [
        {
          title: "Gradients",
          topics: ["Computation graphs", "Backpropagation", "Optimisers", "Numerical checks"],
        },
        {
          title: "Networks that train",
          topics: ["Initialisation", "Normalisation", "Regularisation", "Learning rates"],
        },
        {
          title: "Seeing",
          topics: ["Convolutions", "Residual connections", "Transfer", "Augmentation"],
        },
        {
          title: "Attending",
          topics: ["Sequences", "Attention", "Transformers", "Tokenisers"],
        },
        {
          title: "Your own reproduction",
          topics: ["Reading a paper", "Budgets", "Ablations", "Presentation"],
        },
      ],
      keywords: ["deep learning", "neural networks", "transformers", "PyTorch", "backpropagation"],
      deliveryModes: ["classroom"],
      languages: ["en"],
      related: ["AIM-210", "AIM-340"],
      pounds: 3190,
    },
    {
      code: "AIM-340",
      slug: "machine-learning-in-production",
      title: "Machine Learning in Production",
      summary:
        "Serve, watch, retrain and roll back models with the discipline of ordinary software and the humility of statistics.",
      body: prose`
        A model is the only part of your system that gets worse while nobody touches it. Keeping it
        good takes more than a container and a cron job, and less than the platforms on sale would have
        you believe.

        You inherit a delivery-time model that already runs, rather badly, and improve the way it is
        run: reproducible training, a registry, features that mean the same in training and in
        service, shadow deployments, monitoring of inputs and outcomes, and a rollback that somebody
        on call can do half asleep. Each step is small, and we take the time to ask whether it was
        worth it at your scale.

        Teams get the most from this course when a data scientist and a software engineer come
        together: most of what goes wrong with models goes wrong in the handover between the two.
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["You have trained models", "You have deployed a service"],
      outcomes: [
        "Make training reproducible from a commit and a date",
        "Serve models online and in batches with known latency",
        "Detect drift in inputs and decay in outcomes",
        "Release with shadows and canaries, and roll back quickly",
        "Decide when to retrain, and when to retire a model",
      ],
      modules: [
        {
          title: "Reproducible training",
          topics: ["Data versions", "Registries", "Pipelines", "Tests for models"],
        },
        {
          title: "Serving",
          topics: ["Online and batch", "Features in two places", "Latency", "Hardware"],
        },
        {
          title: "Watching",
          topics: ["Drift", "Delayed labels", "Alerts that mean something", "Feedback loops"],
        },
        {
          title: "Change",
          topics: ["Shadow traffic", "Canaries", "Rollback", "Retirement"],
        },
      ],
      keywords: ["MLOps", "model serving", "monitoring", "drift", "model registry"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "de"],
      related: ["AIM-250", "OPS-250", "DAT-210"],
      alsoIn: ["devops"],
      pounds: 2190,
    },
  ],
};
