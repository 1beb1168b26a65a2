-- CreateTable
CREATE TABLE "location" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_item" (
    "sku" TEXT NOT NULL,
    "on_hand" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_item_pkey" PRIMARY KEY ("sku")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "sku" TEXT NOT NULL,
    "location_id" UUID NOT NULL,
    "on_hand" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("sku","location_id")
);

-- CreateTable
CREATE TABLE "reservation" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservation_line" (
    "reservation_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "location_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "reservation_line_pkey" PRIMARY KEY ("reservation_id","sku","location_id")
);

-- CreateTable
CREATE TABLE "movement" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "location_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "on_hand_delta" INTEGER NOT NULL,
    "reserved_delta" INTEGER NOT NULL,
    "on_hand_after" INTEGER NOT NULL,
    "reserved_after" INTEGER NOT NULL,
    "reservation_id" UUID,
    "order_id" UUID,
    "cause_id" UUID,
    "reason" TEXT,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "movement_pkey" PRIMARY KEY ("seq")
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
CREATE UNIQUE INDEX "location_code_key" ON "location"("code");

-- CreateIndex
CREATE UNIQUE INDEX "reservation_order_id_key" ON "reservation"("order_id");

-- CreateIndex
CREATE INDEX "movement_sku_seq_idx" ON "movement"("sku", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_version" ON "outbox"("aggregate_id", "aggregate_version");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_consumer_event_id_key" ON "dead_letter"("consumer", "event_id");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_sku_fkey" FOREIGN KEY ("sku") REFERENCES "stock_item"("sku") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "location"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "reservation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_sku_location_id_fkey" FOREIGN KEY ("sku", "location_id") REFERENCES "stock_level"("sku", "location_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_sku_location_id_fkey" FOREIGN KEY ("sku", "location_id") REFERENCES "stock_level"("sku", "location_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table location add constraint location_priority check (priority >= 0);
alter table stock_item
  add constraint stock_item_sku check (length(sku) between 1 and 64),
  add constraint stock_item_levels check (reserved >= 0 and reserved <= on_hand);
alter table stock_level
  add constraint stock_level_on_hand check (on_hand between 0 and 1000000000),
  add constraint stock_level_reserved check (reserved >= 0),
  add constraint stock_level_reserved_is_there check (reserved <= on_hand);
alter table reservation
  add constraint reservation_status check (status in ('active', 'committed', 'released', 'expired')),
  add constraint reservation_ended check ((status = 'active') = (ended_at is null));
alter table reservation_line add constraint reservation_line_quantity check (quantity > 0);
alter table movement
  add constraint movement_kind check (kind in ('receipt', 'reservation', 'release', 'sale', 'return', 'adjustment', 'transfer')),
  add constraint movement_after check (on_hand_after >= 0 and reserved_after between 0 and on_hand_after),
  add constraint movement_moves check (on_hand_delta <> 0 or reserved_delta <> 0),
  add constraint movement_belongs check (
    case kind
      when 'reservation' then reservation_id is not null and on_hand_delta = 0 and reserved_delta > 0
      when 'release' then reservation_id is not null and on_hand_delta = 0 and reserved_delta < 0
      when 'sale' then reservation_id is not null and on_hand_delta = reserved_delta and on_hand_delta < 0
      else reserved_delta = 0
    end);

-- A reservation takes each of its lines once, and ends it once: sold or given back, never both.
create unique index movement_reserved_once on movement (reservation_id, sku, location_id) where kind = 'reservation';
create unique index movement_ended_once on movement (reservation_id, sku, location_id) where kind in ('release', 'sale');
create unique index movement_caused_once on movement (cause_id, sku, location_id) where cause_id is not null;
create index movement_order on movement (order_id, seq) where order_id is not null;
-- The sweep looks only at reservations that still hold units.
create index reservation_expiring on reservation (expires_at) where status = 'active';

-- One row of these is written again and again: room on the page keeps its versions together.
alter table stock_level set (fillfactor = 50);
alter table stock_item set (fillfactor = 50);
alter table reservation set (fillfactor = 80);

create function refuse_rewriting_history() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
end $$;
create trigger movement_is_append_only before update or delete on movement
  for each row execute function refuse_rewriting_history();
create trigger movement_is_never_emptied before truncate on movement
  for each statement execute function refuse_rewriting_history();
create trigger reservation_line_is_append_only before update or delete on reservation_line
  for each row execute function refuse_rewriting_history();

create function refuse_leaving_an_end() returns trigger language plpgsql as $$
begin
  raise exception 'a reservation that is % stays so', old.status using errcode = 'check_violation';
end $$;
create trigger reservation_ends_once before update of status on reservation
  for each row when (old.status <> 'active' and old.status is distinct from new.status)
  execute function refuse_leaving_an_end();

-- A UUID v7 for rows that a statement makes by itself; PostgreSQL has its own only from 18 on.
create function new_id() returns uuid language sql volatile as $$
  select encode(
    set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
alter table movement alter column id set default new_id();

insert into location (id, code, name, priority) values
  ('01930000-0000-7000-8000-000000000001', 'main', 'Main warehouse', 100);

-- What Prisma cannot say of the shared tables. Appended to each database's first migration.
create index outbox_unpublished on outbox (seq) where published_at is null;
