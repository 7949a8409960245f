"use strict";

/** Lets everybody read courses and articles and send enquiries, and takes over the academy's courses and articles. */
const OPEN = [
  "api::course.course.find",
  "api::article.article.find",
  "api::enquiry.enquiry.create",
];

module.exports = {
  register() {},

  async bootstrap({ strapi }) {
    const everybody = await strapi.db
      .query("plugin::users-permissions.role")
      .findOne({ where: { type: "public" } });
    const permissions = strapi.db.query("plugin::users-permissions.permission");
    for (const action of OPEN) await permissions.create({ data: { action, role: everybody.id } });
    const database = strapi.db.connection;
    await database.raw(`
      INSERT INTO strapi.courses (document_id, code, slug, title, summary, body, level, duration_days, delivery_modes,
        languages, keywords, created_at, updated_at, published_at)
      SELECT replace(id::text, '-', ''), code, slug, title, summary, body, level::text, duration_days,
        to_jsonb(delivery_modes), to_jsonb(languages), to_jsonb(keywords), created_at, updated_at, published_at
      FROM public.course WHERE status = 'published'`);
    await database.raw(`
      INSERT INTO strapi.articles (document_id, slug, title, summary, body, author, language, released_at,
        created_at, updated_at, published_at)
      SELECT replace(id::text, '-', ''), slug, title, summary, body, author, language, published_at,
        created_at, updated_at, published_at
      FROM public.article WHERE status = 'published'`);
    await database.raw("ANALYZE strapi.courses, strapi.articles");
  },
};
