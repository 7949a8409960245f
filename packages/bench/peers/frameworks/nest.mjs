import "reflect-metadata";
import {
  BadRequestException,
  Controller,
  Get,
  Module,
  NotFoundException,
  Param,
  Query,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter } from "@nestjs/platform-fastify";

/**
 * NestJS on Fastify: one module, one controller, a pipe that checks input by zod as in its guide. What is sent is not checked.
 * Decorators are called as the functions that they are, as this is plain JavaScript.
 */
const { openWork, shapes } = await import(process.argv[3]);
const work = openWork(process.argv[2]);

class ZodPipe {
  #shape;

  constructor(shape) {
    this.#shape = shape;
  }

  transform(value) {
    const parsed = this.#shape.safeParse(value);
    if (!parsed.success) throw new BadRequestException(parsed.error.issues);
    return parsed.data;
  }
}

function found(data) {
  if (data === undefined) throw new NotFoundException();
  return data;
}

class AcademyController {
  ready() {
    return { status: "ready" };
  }

  info() {
    return work.systemInfo();
  }

  async bySlug({ slug }) {
    return found(await work.articleBySlug(slug));
  }

  async list({ limit }) {
    return found(await work.coursesList(limit));
  }
}

/** `@Get(path)` on a method, and a decorator on its only parameter. */
function route(name, path, parameter) {
  const { prototype } = AcademyController;
  parameter?.(prototype, name, 0);
  Get(path)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
}
route("ready", "readyz");
route("info", "system/info");
route("bySlug", "articles/:slug", Param(new ZodPipe(shapes.ArticleBySlugInput)));
route("list", "courses", Query(new ZodPipe(shapes.CoursesListQuery)));
Controller()(AcademyController);

class AcademyModule {}
Module({ controllers: [AcademyController] })(AcademyModule);

const app = await NestFactory.create(AcademyModule, new FastifyAdapter(), { logger: ["error"] });
await app.listen(work.port, "127.0.0.1");
