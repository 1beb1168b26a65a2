create sequence order_number start 100001;

-- CreateTable
CREATE TABLE "cart" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cart_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart_line" (
    "cart_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "added_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cart_line_pkey" PRIMARY KEY ("cart_id","sku")
);

-- CreateTable
CREATE TABLE "order_edge" (
    "from_status" TEXT NOT NULL,
    "to_status" TEXT NOT NULL,

    CONSTRAINT "order_edge_pkey" PRIMARY KEY ("from_status","to_status")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL DEFAULT ('SK-' || nextval('order_number')),
    "status" TEXT NOT NULL,
    "user_id" UUID,
    "email" TEXT NOT NULL,
    "customer_name" TEXT NOT NULL,
    "shipping_address" JSONB NOT NULL,
    "shipping_method_code" TEXT NOT NULL,
    "shipping_method_name" TEXT NOT NULL,
    "promotion_code" TEXT,
    "currency" TEXT NOT NULL,
    "subtotal_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "shipping_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "payment_id" UUID NOT NULL,
    "payment_input" JSONB,
    "payment" JSONB,
    "reason" TEXT,
    "refusal" JSONB,
    "caller" TEXT NOT NULL,
    "command_key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "cart_id" UUID,
    "version" BIGINT NOT NULL DEFAULT 0,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "placed_at" TIMESTAMPTZ,
    "confirmed_at" TIMESTAMPTZ,
    "next_check_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checks" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "product_id" UUID NOT NULL,
    "product_slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "options_label" TEXT NOT NULL,
    "image_url" TEXT,
    "quantity" INTEGER NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("order_id","position")
);

-- CreateTable
CREATE TABLE "order_history" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "from_status" TEXT,
    "to_status" TEXT,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipment" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "shipped_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shipment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipping_method" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "free_from_minor" BIGINT,
    "currency" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "shipping_method_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "tax_rate" (
    "country" TEXT NOT NULL,
    "tax_class" TEXT NOT NULL,
    "rate_basis_points" INTEGER NOT NULL,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("country","tax_class")
);

-- CreateTable
CREATE TABLE "promotion" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" BIGINT NOT NULL,
    "min_subtotal_minor" BIGINT NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ,
    "ends_at" TIMESTAMPTZ,

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("code")
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
CREATE UNIQUE INDEX "cart_user_id_key" ON "cart"("user_id");

-- CreateIndex
CREATE INDEX "cart_updated_at_idx" ON "cart"("updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE UNIQUE INDEX "orders_payment_id_key" ON "orders"("payment_id");

-- CreateIndex
CREATE INDEX "orders_user_id_id_idx" ON "orders"("user_id", "id");

-- CreateIndex
CREATE INDEX "orders_status_id_idx" ON "orders"("status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_caller_command_key_key" ON "orders"("caller", "command_key");

-- CreateIndex
CREATE UNIQUE INDEX "order_line_order_id_sku_key" ON "order_line"("order_id", "sku");

-- CreateIndex
CREATE INDEX "order_history_order_id_idx" ON "order_history"("order_id");

-- CreateIndex
CREATE INDEX "shipment_order_id_idx" ON "shipment"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_version" ON "outbox"("aggregate_id", "aggregate_version");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_consumer_event_id_key" ON "dead_letter"("consumer", "event_id");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

-- AddForeignKey
ALTER TABLE "cart_line" ADD CONSTRAINT "cart_line_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "cart"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_history" ADD CONSTRAINT "order_history_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table cart_line add constraint cart_line_quantity check (quantity between 1 and 999);

alter table orders
  add constraint orders_amounts check (
    subtotal_minor >= 0 and discount_minor >= 0 and shipping_minor >= 0 and tax_minor >= 0
    and discount_minor <= subtotal_minor + shipping_minor
    and total_minor = subtotal_minor - discount_minor + shipping_minor
    and tax_minor <= total_minor),
  add constraint orders_refunded check (refunded_minor between 0 and total_minor),
  add constraint orders_version check (version >= 0),
  add constraint orders_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint orders_status check (status in ('pending', 'awaiting_payment', 'confirmed', 'processing', 'shipped',
    'delivered', 'cancelled', 'failed', 'partially_returned', 'returned'));

alter table order_line
  add constraint order_line_quantity check (quantity between 1 and 999),
  add constraint order_line_amounts check (unit_price_minor >= 0 and total_minor = unit_price_minor * quantity and tax_minor >= 0);

alter table shipping_method add constraint shipping_method_price check (price_minor >= 0 and coalesce(free_from_minor, 0) >= 0);
alter table tax_rate add constraint tax_rate_range check (rate_basis_points between 0 and 10000);
alter table promotion
  add constraint promotion_kind check (kind in ('percentage', 'amount', 'free_shipping')),
  add constraint promotion_value check (value >= 0 and (kind <> 'percentage' or value <= 10000));

-- The sweep looks only at orders that are still being placed.
create index orders_placing on orders (next_check_at) where status in ('pending', 'awaiting_payment');
create index orders_search on orders using gin (to_tsvector('simple', number || ' ' || email || ' ' || customer_name));

insert into order_edge (from_status, to_status) values
  ('pending', 'awaiting_payment'), ('pending', 'confirmed'), ('pending', 'failed'), ('pending', 'cancelled'),
  ('awaiting_payment', 'confirmed'), ('awaiting_payment', 'failed'), ('awaiting_payment', 'cancelled'),
  ('confirmed', 'processing'), ('confirmed', 'shipped'), ('confirmed', 'cancelled'),
  ('processing', 'shipped'), ('processing', 'cancelled'),
  ('shipped', 'delivered'),
  ('delivered', 'partially_returned'), ('delivered', 'returned'),
  ('partially_returned', 'returned');

create function refuse_illegal_order_step() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from order_edge where from_status = old.status and to_status = new.status) then
    raise exception 'an order cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_follow_edges before update of status on orders
  for each row when (old.status is distinct from new.status) execute function refuse_illegal_order_step();

create function refuse_rewriting_history() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
end $$;
create trigger order_history_is_append_only before update or delete on order_history
  for each row execute function refuse_rewriting_history();

insert into shipping_method (code, name, description, price_minor, free_from_minor, currency, position) values
  ('standard', 'Standard', '3 to 5 working days', 490, 7500, 'EUR', 1),
  ('express', 'Express', '1 to 2 working days', 1290, null, 'EUR', 2);

insert into tax_rate (country, tax_class, rate_basis_points) values
  ('*', 'standard', 2000), ('*', 'reduced', 1000), ('*', 'zero', 0),
  ('DE', 'standard', 1900), ('DE', 'reduced', 700),
  ('FR', 'standard', 2000), ('FR', 'reduced', 550),
  ('NL', 'standard', 2100), ('NL', 'reduced', 900),
  ('ES', 'standard', 2100), ('ES', 'reduced', 1000),
  ('IT', 'standard', 2200), ('IT', 'reduced', 1000),
  ('AT', 'standard', 2000), ('AT', 'reduced', 1000),
  ('IE', 'standard', 2300), ('IE', 'reduced', 1350);

insert into promotion (code, kind, value, min_subtotal_minor) values
  ('WELCOME10', 'percentage', 1000, 0);

-- What Prisma cannot say of the shared tables. Appended to each database's first migration.
create index outbox_unpublished on outbox (seq) where published_at is null;
