CREATE TYPE "public"."actor_kind" AS ENUM('public', 'operator', 'system');--> statement-breakpoint
CREATE TYPE "public"."allocation_kind" AS ENUM('hold', 'offer', 'booking', 'block');--> statement-breakpoint
CREATE TYPE "public"."allocation_state" AS ENUM('active', 'released', 'expired');--> statement-breakpoint
CREATE TYPE "public"."article_status" AS ENUM('draft', 'published', 'retired');--> statement-breakpoint
CREATE TYPE "public"."booking_status" AS ENUM('held', 'awaiting_payment', 'awaiting_approval', 'confirmed', 'cancelled', 'expired');--> statement-breakpoint
CREATE TYPE "public"."course_level" AS ENUM('beginner', 'intermediate', 'advanced');--> statement-breakpoint
CREATE TYPE "public"."course_status" AS ENUM('draft', 'in_review', 'published', 'retired');--> statement-breakpoint
CREATE TYPE "public"."delivery_mode" AS ENUM('classroom', 'virtual', 'self_paced', 'blended');--> statement-breakpoint
CREATE TYPE "public"."enquiry_kind" AS ENUM('contact', 'company', 'private_course');--> statement-breakpoint
CREATE TYPE "public"."enquiry_status" AS ENUM('new', 'in_progress', 'quoted', 'won', 'lost', 'spam');--> statement-breakpoint
CREATE TYPE "public"."payment_state" AS ENUM('unpaid', 'part_paid', 'paid', 'refunded');--> statement-breakpoint
CREATE TYPE "public"."registration_status" AS ENUM('reserved', 'confirmed', 'completed', 'no_show', 'cancelled', 'transferred');--> statement-breakpoint
CREATE TYPE "public"."room_kind" AS ENUM('physical', 'virtual');--> statement-breakpoint
CREATE TYPE "public"."run_status" AS ENUM('draft', 'tentative', 'confirmed', 'in_progress', 'completed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."run_visibility" AS ENUM('public', 'private');--> statement-breakpoint
CREATE TABLE "article" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"body" text NOT NULL,
	"author" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"topic_id" uuid,
	"status" "article_status" DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"published_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "article_slug_key" UNIQUE("slug"),
	CONSTRAINT "article_title_present" CHECK (btrim("article"."title") <> ''),
	CONSTRAINT "article_slug_form" CHECK ("article"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "article_published_at" CHECK ("article"."status" <> 'published' OR "article"."published_at" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "booking" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"run_id" uuid NOT NULL,
	"status" "booking_status" NOT NULL,
	"payment_state" "payment_state" DEFAULT 'unpaid' NOT NULL,
	"places" integer NOT NULL,
	"booker_name" text,
	"booker_email" text,
	"booker_company" text,
	"booker_phone" text,
	"note" text,
	"expires_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"cancelled_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "booking_reference_key" UNIQUE("reference"),
	CONSTRAINT "booking_run_key" UNIQUE("id","run_id"),
	CONSTRAINT "booking_places_positive" CHECK ("booking"."places" > 0),
	CONSTRAINT "booking_reference_form" CHECK ("booking"."reference" ~ '^LC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
	CONSTRAINT "booking_held_expires" CHECK ("booking"."status" <> 'held' OR "booking"."expires_at" IS NOT NULL),
	CONSTRAINT "booking_confirmed_has_booker" CHECK ("booking"."status" <> 'confirmed' OR ("booking"."confirmed_at" IS NOT NULL AND "booking"."booker_name" IS NOT NULL AND "booking"."booker_email" IS NOT NULL)),
	CONSTRAINT "booking_cancelled_at" CHECK ("booking"."status" <> 'cancelled' OR "booking"."cancelled_at" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "registration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"booking_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"status" "registration_status" DEFAULT 'reserved' NOT NULL,
	"learner_name" text,
	"learner_email" text,
	"price_amount" integer,
	"price_currency" text,
	"successor_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "registration_position_key" UNIQUE("booking_id","position"),
	CONSTRAINT "registration_position_positive" CHECK ("registration"."position" > 0),
	CONSTRAINT "registration_learner_whole" CHECK (("registration"."learner_name" IS NULL) = ("registration"."learner_email" IS NULL)),
	CONSTRAINT "registration_price_whole" CHECK (("registration"."price_amount" IS NULL) = ("registration"."price_currency" IS NULL)),
	CONSTRAINT "registration_successor" CHECK (("registration"."status" = 'transferred') = ("registration"."successor_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "run_capacity" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"capacity" integer NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_capacity_not_oversold" CHECK ("run_capacity"."taken" BETWEEN 0 AND "run_capacity"."capacity")
);
--> statement-breakpoint
CREATE TABLE "seat_allocation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"booking_id" uuid,
	"quantity" integer NOT NULL,
	"kind" "allocation_kind" NOT NULL,
	"state" "allocation_state" DEFAULT 'active' NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "seat_allocation_quantity_positive" CHECK ("seat_allocation"."quantity" > 0),
	CONSTRAINT "seat_allocation_expiry" CHECK (("seat_allocation"."kind" IN ('hold', 'offer')) = ("seat_allocation"."expires_at" IS NOT NULL)),
	CONSTRAINT "seat_allocation_ended" CHECK (("seat_allocation"."state" = 'active') = ("seat_allocation"."ended_at" IS NULL)),
	CONSTRAINT "seat_allocation_booking" CHECK ("seat_allocation"."kind" NOT IN ('hold', 'booking') OR "seat_allocation"."booking_id" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "course" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"content_language" text DEFAULT 'en' NOT NULL,
	"status" "course_status" DEFAULT 'draft' NOT NULL,
	"level" "course_level",
	"duration_days" numeric(4, 1),
	"prerequisites" text[] DEFAULT '{}' NOT NULL,
	"outcomes" text[] DEFAULT '{}' NOT NULL,
	"syllabus" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"delivery_modes" "delivery_mode"[] DEFAULT '{}' NOT NULL,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"external_id" text,
	"source_url" text,
	"version" integer DEFAULT 1 NOT NULL,
	"published_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"search_document" "tsvector" GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', lectern_fold("course"."code")), 'A') ||
        setweight(to_tsvector('english', lectern_fold("course"."title")), 'A') ||
        setweight(to_tsvector('english', lectern_fold(lectern_join("course"."keywords"))), 'B') ||
        setweight(to_tsvector('english', lectern_fold("course"."summary")), 'B') ||
        setweight(to_tsvector('english', lectern_fold("course"."body")), 'D')) STORED,
	"search_title" text GENERATED ALWAYS AS (lectern_fold("course"."title" || ' ' || "course"."code")) STORED,
	CONSTRAINT "course_code_key" UNIQUE("code"),
	CONSTRAINT "course_slug_key" UNIQUE("slug"),
	CONSTRAINT "course_external_id_key" UNIQUE("external_id"),
	CONSTRAINT "course_title_present" CHECK (btrim("course"."title") <> ''),
	CONSTRAINT "course_slug_form" CHECK ("course"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "course_code_form" CHECK ("course"."code" ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$'),
	CONSTRAINT "course_duration_positive" CHECK ("course"."duration_days" IS NULL OR "course"."duration_days" > 0),
	CONSTRAINT "course_published_at" CHECK ("course"."status" <> 'published' OR "course"."published_at" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "course_related" (
	"course_id" uuid NOT NULL,
	"related_id" uuid NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "course_related_course_id_related_id_pk" PRIMARY KEY("course_id","related_id"),
	CONSTRAINT "course_related_not_itself" CHECK ("course_related"."course_id" <> "course_related"."related_id")
);
--> statement-breakpoint
CREATE TABLE "course_topic" (
	"course_id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "course_topic_course_id_topic_id_pk" PRIMARY KEY("course_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "course_translation" (
	"course_id" uuid NOT NULL,
	"language" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "course_translation_course_id_language_pk" PRIMARY KEY("course_id","language"),
	CONSTRAINT "course_translation_title_present" CHECK (btrim("course_translation"."title") <> '')
);
--> statement-breakpoint
CREATE TABLE "topic" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "topic_slug_key" UNIQUE("slug"),
	CONSTRAINT "topic_name_present" CHECK (btrim("topic"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "enquiry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "enquiry_kind" NOT NULL,
	"status" "enquiry_status" DEFAULT 'new' NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"company" text,
	"phone" text,
	"course_id" uuid,
	"participants" integer,
	"message" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "enquiry_message_present" CHECK (btrim("enquiry"."message") <> ''),
	CONSTRAINT "enquiry_participants_positive" CHECK ("enquiry"."participants" IS NULL OR "enquiry"."participants" > 0)
);
--> statement-breakpoint
CREATE TABLE "academy_fact" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_kind" "actor_kind" NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text,
	CONSTRAINT "audit_entry_action_form" CHECK ("audit_entry"."action" ~ '^[a-z_]+[.][a-z_]+$')
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "idempotency_key_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "course_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"venue_id" uuid,
	"status" "run_status" DEFAULT 'draft' NOT NULL,
	"delivery_mode" "delivery_mode" NOT NULL,
	"visibility" "run_visibility" DEFAULT 'public' NOT NULL,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"local_start" timestamp(0) NOT NULL,
	"local_end" timestamp(0) NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"min_places" integer DEFAULT 0 NOT NULL,
	"price_amount" integer,
	"price_currency" text,
	"booking_opens_at" timestamp (3) with time zone,
	"booking_closes_at" timestamp (3) with time zone,
	"cancellation_policy" jsonb DEFAULT '{"tiers":[]}'::jsonb NOT NULL,
	"cancelled_reason" text,
	"external_id" text,
	"source_url" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "course_run_external_id_key" UNIQUE("external_id"),
	CONSTRAINT "course_run_ends_after_start" CHECK ("course_run"."ends_at" >= "course_run"."starts_at"),
	CONSTRAINT "course_run_min_places" CHECK ("course_run"."min_places" >= 0),
	CONSTRAINT "course_run_price_whole" CHECK (("course_run"."price_amount" IS NULL) = ("course_run"."price_currency" IS NULL)),
	CONSTRAINT "course_run_price_form" CHECK ("course_run"."price_amount" IS NULL OR ("course_run"."price_amount" >= 0 AND "course_run"."price_currency" ~ '^[A-Z]{3}$')),
	CONSTRAINT "course_run_booking_window" CHECK ("course_run"."booking_opens_at" IS NULL OR "course_run"."booking_closes_at" IS NULL OR "course_run"."booking_opens_at" < "course_run"."booking_closes_at")
);
--> statement-breakpoint
CREATE TABLE "instructor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"bio" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "instructor_slug_key" UNIQUE("slug"),
	CONSTRAINT "instructor_name_present" CHECK (btrim("instructor"."name") <> '')
);
--> statement-breakpoint
CREATE TABLE "room" (
	"id" uuid PRIMARY KEY NOT NULL,
	"venue_id" uuid,
	"kind" "room_kind" NOT NULL,
	"name" text NOT NULL,
	"capacity" integer NOT NULL,
	"join_url" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "room_name_key" UNIQUE NULLS NOT DISTINCT("venue_id","name"),
	CONSTRAINT "room_venue_matches_kind" CHECK (("room"."kind" = 'virtual') = ("room"."venue_id" IS NULL)),
	CONSTRAINT "room_capacity_positive" CHECK ("room"."capacity" > 0)
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"room_id" uuid,
	"time_zone" text NOT NULL,
	"local_start" timestamp(0) NOT NULL,
	"local_end" timestamp(0) NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "session_position_key" UNIQUE("run_id","position"),
	CONSTRAINT "session_time_key" UNIQUE("id","starts_at","ends_at","is_active"),
	CONSTRAINT "session_ends_after_start" CHECK ("session"."ends_at" > "session"."starts_at"),
	CONSTRAINT "session_position_positive" CHECK ("session"."position" > 0)
);
--> statement-breakpoint
CREATE TABLE "session_instructor" (
	"session_id" uuid NOT NULL,
	"instructor_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"is_active" boolean NOT NULL,
	CONSTRAINT "session_instructor_session_id_instructor_id_pk" PRIMARY KEY("session_id","instructor_id")
);
--> statement-breakpoint
CREATE TABLE "venue" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"street" text,
	"city" text NOT NULL,
	"country" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "venue_name_present" CHECK (btrim("venue"."name") <> ''),
	CONSTRAINT "venue_country_form" CHECK ("venue"."country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
ALTER TABLE "article" ADD CONSTRAINT "article_topic_id_topic_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topic"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_successor_id_registration_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."registration"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_booking_fk" FOREIGN KEY ("booking_id","run_id") REFERENCES "public"."booking"("id","run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_capacity" ADD CONSTRAINT "run_capacity_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD CONSTRAINT "seat_allocation_run_id_run_capacity_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run_capacity"("run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_allocation" ADD CONSTRAINT "seat_allocation_booking_fk" FOREIGN KEY ("booking_id","run_id") REFERENCES "public"."booking"("id","run_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_related" ADD CONSTRAINT "course_related_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_related" ADD CONSTRAINT "course_related_related_id_course_id_fk" FOREIGN KEY ("related_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_topic" ADD CONSTRAINT "course_topic_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_topic" ADD CONSTRAINT "course_topic_topic_id_topic_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topic"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_translation" ADD CONSTRAINT "course_translation_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enquiry" ADD CONSTRAINT "enquiry_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_venue_id_venue_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venue"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room" ADD CONSTRAINT "room_venue_id_venue_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venue"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_instructor" ADD CONSTRAINT "session_instructor_instructor_id_instructor_id_fk" FOREIGN KEY ("instructor_id") REFERENCES "public"."instructor"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_instructor" ADD CONSTRAINT "session_instructor_session_fk" FOREIGN KEY ("session_id","starts_at","ends_at","is_active") REFERENCES "public"."session"("id","starts_at","ends_at","is_active") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "article_topic_idx" ON "article" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "article_published_idx" ON "article" USING btree ("published_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "booking_run_idx" ON "booking" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "registration_learner_key" ON "registration" USING btree ("run_id",lower("learner_email")) WHERE learner_email IS NOT NULL AND status IN ('reserved', 'confirmed', 'completed');--> statement-breakpoint
CREATE INDEX "registration_successor_idx" ON "registration" USING btree ("successor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "seat_allocation_booking_active_key" ON "seat_allocation" USING btree ("booking_id") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "seat_allocation_booking_idx" ON "seat_allocation" USING btree ("booking_id","run_id");--> statement-breakpoint
CREATE INDEX "seat_allocation_run_expiry_idx" ON "seat_allocation" USING btree ("run_id","expires_at") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "seat_allocation_run_idx" ON "seat_allocation" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "course_search_document_idx" ON "course" USING gin ("search_document");--> statement-breakpoint
CREATE INDEX "course_search_title_idx" ON "course" USING gin ("search_title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "course_title_idx" ON "course" USING btree ("title","id") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "course_languages_idx" ON "course" USING gin ("languages");--> statement-breakpoint
CREATE INDEX "course_delivery_modes_idx" ON "course" USING gin ("delivery_modes");--> statement-breakpoint
CREATE INDEX "course_related_related_idx" ON "course_related" USING btree ("related_id");--> statement-breakpoint
CREATE INDEX "course_topic_topic_idx" ON "course_topic" USING btree ("topic_id");--> statement-breakpoint
CREATE UNIQUE INDEX "topic_name_key" ON "topic" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "enquiry_course_idx" ON "enquiry" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "enquiry_newest_idx" ON "enquiry" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "enquiry_status_idx" ON "enquiry" USING btree ("status","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entry_entity_idx" ON "audit_entry" USING btree ("entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "audit_entry_at_idx" ON "audit_entry" USING btree ("at");--> statement-breakpoint
CREATE INDEX "idempotency_key_created_idx" ON "idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "course_run_course_idx" ON "course_run" USING btree ("course_id","starts_at");--> statement-breakpoint
CREATE INDEX "course_run_venue_idx" ON "course_run" USING btree ("venue_id");--> statement-breakpoint
CREATE INDEX "course_run_upcoming_idx" ON "course_run" USING btree ("starts_at","id") WHERE visibility = 'public' AND status IN ('tentative', 'confirmed');--> statement-breakpoint
CREATE INDEX "session_room_idx" ON "session" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "session_instructor_instructor_idx" ON "session_instructor" USING btree ("instructor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "venue_name_city_key" ON "venue" USING btree (lower("name"),lower("city"),"country");--> statement-breakpoint
CREATE INDEX "venue_city_idx" ON "venue" USING btree ("city");--> statement-breakpoint
CREATE INDEX "venue_country_idx" ON "venue" USING btree ("country");