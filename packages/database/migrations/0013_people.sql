CREATE TYPE "public"."consent_purpose" AS ENUM('terms', 'privacy', 'newsletter', 'analytics');--> statement-breakpoint
CREATE TYPE "public"."device_grant_state" AS ENUM('pending', 'approved', 'denied');--> statement-breakpoint
CREATE TYPE "public"."one_time_kind" AS ENUM('verify_email', 'reset_password', 'change_email', 'invitation', 'first_administrator', 'second_factor', 'totp_enrolment', 'passkey_registration', 'passkey_sign_in', 'openid', 'openid_link');--> statement-breakpoint
CREATE TYPE "public"."privacy_request_kind" AS ENUM('export', 'erasure');--> statement-breakpoint
CREATE TYPE "public"."privacy_request_state" AS ENUM('waiting', 'done', 'failed', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('learner', 'instructor', 'company_booker', 'company_manager', 'course_editor', 'sales', 'finance', 'administrator');--> statement-breakpoint
CREATE TYPE "public"."sign_in_method" AS ENUM('password', 'passkey', 'openid', 'link');--> statement-breakpoint
ALTER TYPE "public"."actor_kind" ADD VALUE 'person';--> statement-breakpoint
ALTER TYPE "public"."actor_kind" ADD VALUE 'token';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'verify_email';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'already_registered';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'reset_password';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'password_changed';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'email_change_asked';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'email_changed';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'new_sign_in';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'factors_changed';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'invitation';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'account_suspended';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'accounts_merged';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'export_ready';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'erasure_asked';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'erasure_done';--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"registration_number" text,
	"billing_email" text,
	"billing_address" text,
	"archived_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "organisation_name_present" CHECK (btrim("organisation"."name") <> ''),
	CONSTRAINT "organisation_country_form" CHECK ("organisation"."country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "organisation_domain" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"challenge" text NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "organisation_domain_form" CHECK ("organisation_domain"."domain" ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$')
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"lookup" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"person_id" uuid NOT NULL,
	"permissions" text[] NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"last_used_address" text,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "api_token_lookup_key" UNIQUE("lookup")
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"method" "sign_in_method" NOT NULL,
	"second_factor_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"address" text,
	"client" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "auth_session_id_form" CHECK ("auth_session"."id" ~ '^[A-Za-z0-9_-]{20,64}$'),
	CONSTRAINT "auth_session_ends" CHECK ("auth_session"."expires_at" <= "auth_session"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "device_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"device_code_hash" "bytea" NOT NULL,
	"user_code" text NOT NULL,
	"client" text,
	"address" text,
	"permissions" text[] NOT NULL,
	"state" "device_grant_state" DEFAULT 'pending' NOT NULL,
	"person_id" uuid,
	"polled_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "device_grant_code_key" UNIQUE("device_code_hash"),
	CONSTRAINT "device_grant_user_code_key" UNIQUE("user_code"),
	CONSTRAINT "device_grant_decided" CHECK (("device_grant"."state" = 'pending') = ("device_grant"."person_id" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "external_identity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "external_identity_subject_key" UNIQUE("provider_id","subject")
);
--> statement-breakpoint
CREATE TABLE "identity_provider" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret" text NOT NULL,
	"organisation_id" uuid,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"asks_second_factor" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "identity_provider_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "known_device" (
	"id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "known_device_id_person_id_pk" PRIMARY KEY("id","person_id")
);
--> statement-breakpoint
CREATE TABLE "one_time_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "one_time_kind" NOT NULL,
	"person_id" uuid,
	"email" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"is_backed_up" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "passkey_credential_key" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "password" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified_at" timestamp (3) with time zone,
	"language" text DEFAULT 'en' NOT NULL,
	"time_zone" text,
	"phone" text,
	"address" text,
	"dietary_needs" text,
	"access_needs" text,
	"suspended_at" timestamp (3) with time zone,
	"suspended_reason" text,
	"merged_into_id" uuid,
	"erased_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "person_encrypted" CHECK (coalesce("person"."phone", 'e1:') LIKE 'e1:%' AND coalesce("person"."address", 'e1:') LIKE 'e1:%' AND coalesce("person"."dietary_needs", 'e1:') LIKE 'e1:%' AND coalesce("person"."access_needs", 'e1:') LIKE 'e1:%')
);
--> statement-breakpoint
CREATE TABLE "recovery_code" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "recovery_code_key" UNIQUE("person_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "role_assignment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"role" "role" NOT NULL,
	"organisation_id" uuid,
	"country" text,
	"granted_by_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "role_assignment_key" UNIQUE NULLS NOT DISTINCT("person_id","role","organisation_id","country"),
	CONSTRAINT "role_assignment_organisation" CHECK (("role_assignment"."organisation_id" IS NOT NULL) = ("role_assignment"."role" IN ('learner', 'company_booker', 'company_manager'))),
	CONSTRAINT "role_assignment_country" CHECK ("role_assignment"."country" IS NULL OR ("role_assignment"."organisation_id" IS NULL AND "role_assignment"."country" ~ '^[A-Z]{2}$'))
);
--> statement-breakpoint
CREATE TABLE "throttle" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"arrives_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totp_credential" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"last_step" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"purpose" "consent_purpose" NOT NULL,
	"text_version" text NOT NULL,
	"given_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"address" text,
	"client" text
);
--> statement-breakpoint
CREATE TABLE "data_key" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "data_key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_rotation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"data_key_id" integer NOT NULL,
	"progress" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"rewritten" bigint DEFAULT 0 NOT NULL,
	"is_done" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "key_rotation_done" CHECK ("key_rotation"."is_done" = ("key_rotation"."done_at" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "privacy_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "privacy_request_kind" NOT NULL,
	"state" "privacy_request_state" DEFAULT 'waiting' NOT NULL,
	"person_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"done_at" timestamp (3) with time zone,
	"archive" "bytea",
	"archive_until" timestamp (3) with time zone,
	"report" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "privacy_request_archive" CHECK ("privacy_request"."archive" IS NULL OR ("privacy_request"."kind" = 'export' AND "privacy_request"."archive_until" IS NOT NULL))
);
--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "booker_id" uuid;--> statement-breakpoint
ALTER TABLE "booking" ADD COLUMN "organisation_id" uuid;--> statement-breakpoint
ALTER TABLE "registration" ADD COLUMN "learner_id" uuid;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "course_run" ADD COLUMN "organisation_id" uuid;--> statement-breakpoint
ALTER TABLE "instructor" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "organisation_domain" ADD CONSTRAINT "organisation_domain_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_grant" ADD CONSTRAINT "device_grant_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_provider_id_identity_provider_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."identity_provider"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_provider" ADD CONSTRAINT "identity_provider_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_device" ADD CONSTRAINT "known_device_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_token" ADD CONSTRAINT "one_time_token_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password" ADD CONSTRAINT "password_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_merged_into_id_person_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_granted_by_id_person_id_fk" FOREIGN KEY ("granted_by_id") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_credential" ADD CONSTRAINT "totp_credential_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_rotation" ADD CONSTRAINT "key_rotation_data_key_id_data_key_id_fk" FOREIGN KEY ("data_key_id") REFERENCES "public"."data_key"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_registration_key" ON "organisation" USING btree ("country","registration_number") WHERE registration_number IS NOT NULL;--> statement-breakpoint
CREATE INDEX "organisation_name_idx" ON "organisation" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_domain_key" ON "organisation_domain" USING btree ("organisation_id","domain");--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_domain_verified_key" ON "organisation_domain" USING btree ("domain") WHERE verified_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "api_token_person_idx" ON "api_token" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "auth_session_person_idx" ON "auth_session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "auth_session_expiry_idx" ON "auth_session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "device_grant_person_idx" ON "device_grant" USING btree ("person_id") WHERE person_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "device_grant_expiry_idx" ON "device_grant" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "external_identity_person_idx" ON "external_identity" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "identity_provider_organisation_idx" ON "identity_provider" USING btree ("organisation_id") WHERE organisation_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "known_device_person_idx" ON "known_device" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "one_time_token_person_idx" ON "one_time_token" USING btree ("person_id","kind");--> statement-breakpoint
CREATE INDEX "one_time_token_expiry_idx" ON "one_time_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "passkey_person_idx" ON "passkey" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email_key" ON "person" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "person_merged_into_idx" ON "person" USING btree ("merged_into_id") WHERE merged_into_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "person_name_idx" ON "person" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE UNIQUE INDEX "role_assignment_member_key" ON "role_assignment" USING btree ("organisation_id","person_id") WHERE organisation_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "role_assignment_granted_by_idx" ON "role_assignment" USING btree ("granted_by_id") WHERE granted_by_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "throttle_arrives_idx" ON "throttle" USING btree ("arrives_at");--> statement-breakpoint
CREATE INDEX "consent_person_idx" ON "consent" USING btree ("person_id","purpose");--> statement-breakpoint
CREATE UNIQUE INDEX "consent_open_key" ON "consent" USING btree ("person_id","purpose") WHERE withdrawn_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "key_rotation_open_key" ON "key_rotation" USING btree ("is_done") WHERE NOT is_done;--> statement-breakpoint
CREATE INDEX "key_rotation_key_idx" ON "key_rotation" USING btree ("data_key_id");--> statement-breakpoint
CREATE UNIQUE INDEX "privacy_request_waiting_key" ON "privacy_request" USING btree ("person_id","kind") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "privacy_request_person_idx" ON "privacy_request" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "privacy_request_due_idx" ON "privacy_request" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_booker_id_person_id_fk" FOREIGN KEY ("booker_id") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_learner_id_person_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor" ADD CONSTRAINT "instructor_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "booking_person_idx" ON "booking" USING btree ("booker_id") WHERE booker_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "booking_organisation_idx" ON "booking" USING btree ("organisation_id") WHERE organisation_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "booking_guest_idx" ON "booking" USING btree (lower("booker_email")) WHERE booker_id IS NULL AND booker_email IS NOT NULL;--> statement-breakpoint
CREATE INDEX "registration_person_idx" ON "registration" USING btree ("learner_id") WHERE learner_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "registration_guest_idx" ON "registration" USING btree (lower("learner_email")) WHERE learner_id IS NULL AND learner_email IS NOT NULL;--> statement-breakpoint
CREATE INDEX "waitlist_entry_person_idx" ON "waitlist_entry" USING btree ("person_id") WHERE person_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "course_run_organisation_idx" ON "course_run" USING btree ("organisation_id") WHERE organisation_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE "instructor" ADD CONSTRAINT "instructor_person_key" UNIQUE("person_id");--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_organisation" CHECK ("course_run"."organisation_id" IS NULL OR "course_run"."visibility" = 'private');