-- CreateTable
CREATE TABLE "payment" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_charge_id" TEXT,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "method_type" TEXT NOT NULL,
    "method_label" TEXT NOT NULL,
    "method_detail" JSONB,
    "request_hash" TEXT NOT NULL,
    "capture_mode" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "authorized_minor" BIGINT NOT NULL DEFAULT 0,
    "captured_minor" BIGINT NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "refund_pending_minor" BIGINT NOT NULL DEFAULT 0,
    "credit_account" TEXT NOT NULL DEFAULT 'revenue',
    "action" JSONB,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "user_id" UUID,
    "order_token_hash" TEXT,
    "return_url" TEXT NOT NULL,
    "closed_reason" TEXT,
    "next_check_at" TIMESTAMPTZ,
    "checks" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "message" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "debit_account" TEXT NOT NULL,
    "provider_refund_id" TEXT,
    "failure_message" TEXT,
    "next_check_at" TIMESTAMPTZ,
    "checks" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_posting" (
    "entry_id" UUID NOT NULL,
    "line" SMALLINT NOT NULL,
    "account" TEXT NOT NULL,
    "debit_minor" BIGINT NOT NULL,
    "credit_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "journal_posting_pkey" PRIMARY KEY ("entry_id","line")
);

-- CreateTable
CREATE TABLE "webhook_event" (
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payment_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("provider","event_id")
);

-- CreateTable
CREATE TABLE "closed_order" (
    "order_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "closed_order_pkey" PRIMARY KEY ("order_id")
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
CREATE INDEX "payment_order_id_idx" ON "payment"("order_id");

-- CreateIndex
CREATE INDEX "payment_status_id_idx" ON "payment"("status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_provider_provider_charge_id_key" ON "payment"("provider", "provider_charge_id");

-- CreateIndex
CREATE INDEX "attempt_payment_id_idx" ON "attempt"("payment_id");

-- CreateIndex
CREATE INDEX "refund_payment_id_idx" ON "refund"("payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entry_source_id_key" ON "journal_entry"("source_id");

-- CreateIndex
CREATE INDEX "journal_entry_payment_id_idx" ON "journal_entry"("payment_id");

-- CreateIndex
CREATE INDEX "webhook_event_received_at_idx" ON "webhook_event"("received_at");

-- CreateIndex
CREATE INDEX "closed_order_closed_at_idx" ON "closed_order"("closed_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_version" ON "outbox"("aggregate_id", "aggregate_version");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_consumer_event_id_key" ON "dead_letter"("consumer", "event_id");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_entry" ADD CONSTRAINT "journal_entry_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_posting" ADD CONSTRAINT "journal_posting_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say of the tables above: money is held by constraints, whatever the code does.
alter table payment
  add constraint payment_amount check (amount_minor > 0),
  add constraint payment_authorized check (authorized_minor between 0 and amount_minor),
  add constraint payment_captured check (captured_minor between 0 and authorized_minor),
  add constraint payment_refunded check (
    refunded_minor >= 0 and refund_pending_minor >= 0 and refunded_minor + refund_pending_minor <= captured_minor
  ),
  add constraint payment_status check (status in
    ('created', 'requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided', 'unknown')),
  add constraint payment_status_amounts check (
    (status <> 'captured' or captured_minor > 0) and (status <> 'authorized' or authorized_minor > 0)
  ),
  add constraint payment_method check (method_type in ('card', 'upi', 'netbanking', 'wallet', 'cod')),
  add constraint payment_capture_mode check (capture_mode in ('automatic', 'manual')),
  add constraint payment_credit_account check (credit_account in ('revenue', 'customer')),
  add constraint payment_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint payment_version check (version >= 0);
alter table attempt
  add constraint attempt_operation check (operation in ('charge', 'authorize', 'capture', 'void', 'refund', 'query')),
  add constraint attempt_outcome check (outcome in
    ('started', 'succeeded', 'requires_action', 'declined', 'failed', 'unknown')),
  add constraint attempt_amount check (amount_minor > 0);
alter table refund
  add constraint refund_status check (status in ('pending', 'succeeded', 'failed', 'unknown')),
  add constraint refund_amount check (amount_minor > 0),
  add constraint refund_debit_account check (debit_account in ('refunds', 'customer'));
alter table journal_posting
  add constraint posting_account check (account in ('customer', 'provider', 'revenue', 'refunds', 'receivable')),
  add constraint posting_one_side check (
    debit_minor >= 0 and credit_minor >= 0 and (debit_minor = 0) <> (credit_minor = 0)
  );

-- One charge per payment, one capture that succeeds, and no capture beside a void that is still open.
create unique index attempt_one_charge on attempt (payment_id) where operation in ('charge', 'authorize');
create unique index attempt_one_capture on attempt (payment_id) where operation = 'capture' and outcome = 'succeeded';
create unique index attempt_one_open on attempt (payment_id)
  where operation in ('capture', 'void') and outcome in ('started', 'unknown');

-- What the settling jobs read.
create index payment_due on payment (next_check_at) where next_check_at is not null;
create index refund_due on refund (next_check_at) where next_check_at is not null;

-- The same table of steps as paymentTransitions in the payment contract; a test compares the two.
create function payment_may_go(from_status text, to_status text) returns boolean language sql immutable as $$
  select case from_status
    when 'created' then to_status in ('requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided', 'unknown')
    when 'unknown' then to_status in ('requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided')
    when 'requires_action' then to_status in ('authorized', 'captured', 'declined', 'expired', 'voided', 'unknown')
    when 'authorized' then to_status in ('captured', 'voided', 'expired')
    else false
  end
$$;
create function refuse_illegal_payment_step() returns trigger language plpgsql as $$
begin
  if not payment_may_go(old.status, new.status) then
    raise exception 'a payment cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger payment_follows_edges before update of status on payment
  for each row when (old.status is distinct from new.status) execute function refuse_illegal_payment_step();

-- The journal: written once, never changed, every entry complete and balanced in the statement that writes it.
create function refuse_rewriting_journal() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
end $$;
create trigger journal_entry_is_append_only before update or delete on journal_entry
  for each row execute function refuse_rewriting_journal();
create trigger journal_posting_is_append_only before update or delete on journal_posting
  for each row execute function refuse_rewriting_journal();
create trigger journal_entry_is_not_emptied before truncate on journal_entry
  for each statement execute function refuse_rewriting_journal();
create trigger journal_posting_is_not_emptied before truncate on journal_posting
  for each statement execute function refuse_rewriting_journal();

create function refuse_unbalanced_postings() returns trigger language plpgsql as $$
declare entry uuid;
begin
  select entry_id into entry from written group by entry_id
    having sum(debit_minor) <> sum(credit_minor) or count(distinct currency) > 1 limit 1;
  if found then
    raise exception 'journal entry % does not balance', entry using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger journal_entry_balances after insert on journal_posting
  referencing new table as written for each statement execute function refuse_unbalanced_postings();

create function refuse_empty_entries() returns trigger language plpgsql as $$
begin
  if exists (select from written where not exists (select from journal_posting where entry_id = written.id)) then
    raise exception 'a journal entry has no postings' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger journal_entry_is_complete after insert on journal_entry
  referencing new table as written for each statement execute function refuse_empty_entries();

-- What Prisma cannot say of the shared tables. Appended to each database's first migration.
create index outbox_unpublished on outbox (seq) where published_at is null;
