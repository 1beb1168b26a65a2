create sequence draft_number start 1001;

-- CreateTable
CREATE TABLE "draft_order" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL DEFAULT ('D-'::text || nextval('draft_number'::regclass)),
    "email" TEXT NOT NULL,
    "shipping_address" JSONB NOT NULL,
    "shipping_method_code" TEXT NOT NULL,
    "shipping_method_name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "price" JSONB NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "note" TEXT,
    "version" INTEGER NOT NULL,
    "sends" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "discarded_at" TIMESTAMPTZ,
    "order_id" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_order_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "draft_order_number_key" ON "draft_order"("number");

-- CreateIndex
CREATE UNIQUE INDEX "draft_order_order_id_key" ON "draft_order"("order_id");

-- AddForeignKey
ALTER TABLE "draft_order" ADD CONSTRAINT "draft_order_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

alter table draft_order
  add constraint draft_order_amounts check (discount_minor >= 0 and total_minor > 0),
  add constraint draft_order_counts check (version > 0 and sends >= 0 and attempts >= 0),
  add constraint draft_order_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint draft_order_ordered check ((order_id is null) = (attempts = 0));
