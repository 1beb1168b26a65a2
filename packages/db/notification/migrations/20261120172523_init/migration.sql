-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "event_id" UUID,
    "order_id" UUID,
    "resent_from" UUID,
    "to_address" TEXT NOT NULL,
    "to_name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "secret" TEXT,
    "secret_until" TIMESTAMPTZ,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "due_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_contact" (
    "order_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "email" TEXT,
    "customer_name" TEXT,
    "access_token" TEXT,
    "recorded_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_contact_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "unaddressed_refund" (
    "event_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "refund" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unaddressed_refund_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "seq" BIGSERIAL NOT NULL,
    "event_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "aggregate_version" BIGINT NOT NULL,
    "payload" JSONB NOT NULL,
    "trace_id" TEXT,
    "occurred_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ,
    "stream_id" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "aggregate_version" BIGINT NOT NULL,
    "handled_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" UUID NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replayed_at" TIMESTAMPTZ,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "caller" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSONB,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("caller","operation","key")
);

-- CreateIndex
CREATE INDEX "message_template_id_idx" ON "message"("template", "id");

-- CreateIndex
CREATE UNIQUE INDEX "message_event_id_template_key" ON "message"("event_id", "template");

-- CreateIndex
CREATE INDEX "unaddressed_refund_order_id_idx" ON "unaddressed_refund"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_version" ON "outbox"("aggregate_id", "aggregate_version");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_consumer_event_id_key" ON "dead_letter"("consumer", "event_id");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

ALTER TABLE "message" ADD CONSTRAINT "message_template_known" CHECK ("template" IN (
  'order-confirmed', 'order-shipped', 'order-cancelled', 'order-refunded',
  'welcome', 'password-reset', 'password-changed', 'stock-low'));
ALTER TABLE "message" ADD CONSTRAINT "message_status_known"
  CHECK ("status" IN ('queued', 'sent', 'kept', 'failed'));
ALTER TABLE "message" ADD CONSTRAINT "message_sent_has_time" CHECK (("status" = 'sent') = ("sent_at" IS NOT NULL));
ALTER TABLE "message" ADD CONSTRAINT "message_attempts_count" CHECK ("attempts" >= 0);
-- A line break would start another header.
ALTER TABLE "message" ADD CONSTRAINT "message_subject_one_line" CHECK ("subject" !~ '[\r\n]');
-- An order is confirmed, shipped and cancelled once; a refund may come in parts.
CREATE UNIQUE INDEX "message_once_per_order" ON "message" ("order_id", "template")
  WHERE "resent_from" IS NULL AND "template" IN ('order-confirmed', 'order-shipped', 'order-cancelled');
CREATE INDEX "message_queued" ON "message" ("due_at") WHERE "status" = 'queued';
CREATE INDEX "message_with_secret" ON "message" ("secret_until") WHERE "secret" IS NOT NULL;

-- What Prisma cannot say of the shared tables. Appended to each database's first migration.
create index outbox_unpublished on outbox (seq) where published_at is null;
