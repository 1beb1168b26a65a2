-- AlterTable
ALTER TABLE "location" ADD COLUMN     "deactivated_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "movement" ADD COLUMN     "backordered_delta" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "document_id" UUID;

-- AlterTable
ALTER TABLE "stock_item" ADD COLUMN     "backorder_limit" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "backordered" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "low_threshold" INTEGER;

-- CreateTable
CREATE TABLE "backorder" (
    "seq" BIGSERIAL NOT NULL,
    "reservation_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "backorder_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "transfer" (
    "id" UUID NOT NULL,
    "from_location_id" UUID NOT NULL,
    "to_location_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "note" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_by" TEXT,
    "received_at" TIMESTAMPTZ,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfer_line" (
    "transfer_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "received" INTEGER,

    CONSTRAINT "transfer_line_pkey" PRIMARY KEY ("transfer_id","sku")
);

-- CreateTable
CREATE TABLE "stock_count" (
    "id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "note" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ,

    CONSTRAINT "stock_count_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_count_line" (
    "count_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "counted" INTEGER NOT NULL,
    "expected" INTEGER NOT NULL,
    "counted_by" TEXT NOT NULL,
    "counted_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_count_line_pkey" PRIMARY KEY ("count_id","sku")
);

-- CreateTable
CREATE TABLE "receipt" (
    "id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "reference" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt_line" (
    "receipt_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "receipt_line_pkey" PRIMARY KEY ("receipt_id","sku")
);

-- CreateIndex
CREATE UNIQUE INDEX "backorder_once" ON "backorder"("reservation_id", "sku");

-- AddForeignKey
ALTER TABLE "backorder" ADD CONSTRAINT "backorder_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "reservation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "backorder" ADD CONSTRAINT "backorder_sku_fkey" FOREIGN KEY ("sku") REFERENCES "stock_item"("sku") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_from_location_id_fkey" FOREIGN KEY ("from_location_id") REFERENCES "location"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_to_location_id_fkey" FOREIGN KEY ("to_location_id") REFERENCES "location"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "transfer_line" ADD CONSTRAINT "transfer_line_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "transfer_line" ADD CONSTRAINT "transfer_line_sku_fkey" FOREIGN KEY ("sku") REFERENCES "stock_item"("sku") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stock_count" ADD CONSTRAINT "stock_count_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "location"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stock_count_line" ADD CONSTRAINT "stock_count_line_count_id_fkey" FOREIGN KEY ("count_id") REFERENCES "stock_count"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stock_count_line" ADD CONSTRAINT "stock_count_line_sku_fkey" FOREIGN KEY ("sku") REFERENCES "stock_item"("sku") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "location"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt_line" ADD CONSTRAINT "receipt_line_receipt_id_fkey" FOREIGN KEY ("receipt_id") REFERENCES "receipt"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt_line" ADD CONSTRAINT "receipt_line_sku_fkey" FOREIGN KEY ("sku") REFERENCES "stock_item"("sku") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table location
  add constraint location_code check (length(code) between 1 and 40),
  add constraint location_name check (length(name) between 1 and 80);
alter table stock_item
  add constraint stock_item_backordered check (backordered >= 0),
  add constraint stock_item_backorder_limit check (backorder_limit between 0 and 1000000),
  add constraint stock_item_low_threshold check (low_threshold between 0 and 1000000);
alter table backorder add constraint backorder_waiting check (quantity > 0 and waiting between 0 and quantity);
alter table transfer
  add constraint transfer_status check (status in ('dispatched', 'received')),
  add constraint transfer_received check ((status = 'received') = (received_at is not null)),
  add constraint transfer_leads_elsewhere check (from_location_id <> to_location_id);
alter table transfer_line add constraint transfer_line_quantity check (quantity > 0 and received >= 0);
alter table stock_count
  add constraint stock_count_status check (status in ('open', 'posted', 'cancelled')),
  add constraint stock_count_closed check ((status = 'open') = (closed_at is null));
alter table stock_count_line add constraint stock_count_line_figures check (counted >= 0 and expected >= 0);
alter table receipt_line add constraint receipt_line_quantity check (quantity > 0);

alter table movement
  drop constraint movement_kind,
  drop constraint movement_moves,
  drop constraint movement_belongs;
alter table movement
  add constraint movement_kind check (kind in (
    'receipt', 'reservation', 'release', 'sale', 'return', 'adjustment', 'transfer_out', 'transfer_in',
    'backorder', 'backorder_end', 'backorder_fill')),
  add constraint movement_moves check (on_hand_delta <> 0 or reserved_delta <> 0 or backordered_delta <> 0),
  add constraint movement_belongs check (
    case
      when kind in ('reservation', 'release', 'sale') then
        reservation_id is not null and backordered_delta = 0
        and case kind when 'reservation' then on_hand_delta = 0 and reserved_delta > 0
                      when 'release' then on_hand_delta = 0 and reserved_delta < 0
                      else on_hand_delta = reserved_delta and on_hand_delta < 0 end
      when kind in ('backorder', 'backorder_end', 'backorder_fill') then
        reservation_id is not null and reserved_delta = 0
        and case kind when 'backorder' then on_hand_delta = 0 and backordered_delta > 0
                      when 'backorder_end' then on_hand_delta = 0 and backordered_delta < 0
                      else on_hand_delta = backordered_delta and on_hand_delta < 0 end
      else reserved_delta = 0 and backordered_delta = 0
        and case kind when 'transfer_out' then document_id is not null and on_hand_delta < 0
                      when 'transfer_in' then document_id is not null and on_hand_delta > 0
                      else true end
    end);

create unique index movement_promised_once on movement (reservation_id, sku) where kind = 'backorder';
create unique index movement_promise_ended_once on movement (reservation_id, sku) where kind = 'backorder_end';
create unique index movement_documented_once on movement (document_id, sku, location_id, kind) where document_id is not null;
-- Who waits for a SKU, oldest first.
create index backorder_waiting on backorder (sku, seq) where waiting > 0;
create index stock_item_owing on stock_item (sku) where backordered > 0;
create unique index stock_count_one_open on stock_count (location_id) where status = 'open';

-- Sold units of an order that came to nothing are put back: the one way out of an end.
alter table reservation drop constraint reservation_status;
alter table reservation add constraint reservation_status
  check (status in ('active', 'committed', 'released', 'expired', 'restocked'));
drop trigger reservation_ends_once on reservation;
create trigger reservation_ends_once before update of status on reservation
  for each row when (old.status <> 'active' and old.status is distinct from new.status
                     and not (old.status = 'committed' and new.status = 'restocked'))
  execute function refuse_leaving_an_end();
create function refuse_restocking_what_was_not_sold() returns trigger language plpgsql as $$
begin
  raise exception 'a reservation that is % cannot be restocked', old.status using errcode = 'check_violation';
end $$;
create trigger reservation_is_restocked_after_the_sale before update of status on reservation
  for each row when (new.status = 'restocked' and old.status not in ('committed', 'restocked'))
  execute function refuse_restocking_what_was_not_sold();

create function refuse_growing_promises() returns trigger language plpgsql as $$
begin
  raise exception 'a promise only shrinks' using errcode = 'check_violation';
end $$;
create trigger backorder_only_shrinks before update on backorder
  for each row when (new.waiting > old.waiting or new.quantity <> old.quantity or new.sku <> old.sku
                     or new.reservation_id <> old.reservation_id)
  execute function refuse_growing_promises();

-- Fires only when the first piece arrives at an empty level, and waits for whoever deactivates the place.
create function refuse_filling_a_closed_location() returns trigger language plpgsql as $$
begin
  perform 1 from location where id = new.location_id and deactivated_at is null for share;
  if not found then
    raise exception 'a deactivated location takes no goods' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger stock_level_is_at_an_open_location before update of on_hand on stock_level
  for each row when (new.on_hand > 0 and old.on_hand = 0)
  execute function refuse_filling_a_closed_location();
