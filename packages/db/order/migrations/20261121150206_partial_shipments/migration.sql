-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "delivered_quantity" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "shipped_quantity" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "shipped_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "shipment" ADD COLUMN     "amount_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "delivered_at" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "shipment_line" (
    "shipment_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "shipment_line_pkey" PRIMARY KEY ("shipment_id","sku")
);

-- CreateIndex
CREATE INDEX "shipment_line_order_id_sku_idx" ON "shipment_line"("order_id", "sku");

-- CreateIndex
CREATE UNIQUE INDEX "shipment_id_order_id_key" ON "shipment"("id", "order_id");

-- AddForeignKey
ALTER TABLE "shipment_line" ADD CONSTRAINT "shipment_line_shipment_id_order_id_fkey" FOREIGN KEY ("shipment_id", "order_id") REFERENCES "shipment"("id", "order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment_line" ADD CONSTRAINT "shipment_line_order_id_sku_fkey" FOREIGN KEY ("order_id", "sku") REFERENCES "order_line"("order_id", "sku") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table shipment_line add constraint shipment_line_quantity check (quantity between 1 and 999);
alter table shipment add constraint shipment_amount check (amount_minor >= 0);

-- Orders from before parcels had lines went as one parcel.
insert into shipment_line (shipment_id, order_id, sku, quantity)
select first.id, line.order_id, line.sku, line.quantity
from (select distinct on (order_id) id, order_id from shipment order by order_id, shipped_at, id) first
join orders on orders.id = first.order_id and orders.status in ('shipped', 'delivered', 'partially_returned', 'returned')
join order_line line on line.order_id = first.order_id;
update order_line set shipped_quantity = quantity
from orders where orders.id = order_id and orders.status in ('shipped', 'delivered', 'partially_returned', 'returned');
update order_line set delivered_quantity = quantity
from orders where orders.id = order_id and orders.status in ('delivered', 'partially_returned', 'returned');
update orders set shipped_minor = total_minor where status in ('shipped', 'delivered', 'partially_returned', 'returned');
update shipment set amount_minor = orders.total_minor
from orders where orders.id = shipment.order_id
  and shipment.id = (select id from shipment other where other.order_id = orders.id order by shipped_at, id limit 1);
update shipment set delivered_at = history.at
from (select order_id, min(at) as at from order_history where type = 'delivered' group by 1) history
where history.order_id = shipment.order_id;

-- One row lock per line and per order, taken by these triggers, is what stops two people from shipping the same piece.
alter table order_line add constraint order_line_sent check (
  shipped_quantity between 0 and quantity and delivered_quantity between 0 and shipped_quantity
  and returned_quantity <= delivered_quantity);
alter table orders add constraint orders_shipped check (shipped_minor between 0 and total_minor);

create function count_shipped_line() returns trigger language plpgsql as $$
begin
  update order_line set shipped_quantity = shipped_quantity + new.quantity
  where order_id = new.order_id and sku = new.sku;
  return null;
end $$;
create trigger shipment_line_is_counted after insert on shipment_line
  for each row execute function count_shipped_line();
create trigger shipment_line_is_append_only before update or delete on shipment_line
  for each row execute function refuse_rewriting_history();

create function count_shipment() returns trigger language plpgsql as $$
begin
  update orders set shipped_minor = shipped_minor + new.amount_minor where id = new.order_id;
  return null;
end $$;
create trigger shipment_is_counted after insert on shipment
  for each row execute function count_shipment();

create function keep_shipment() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.order_id <> old.order_id or new.amount_minor <> old.amount_minor
    or new.shipped_at <> old.shipped_at
    or (old.delivered_at is not null and new.delivered_at is distinct from old.delivered_at) then
    raise exception 'of a parcel that left, only carrier and tracking number may change' using errcode = 'check_violation';
  end if;
  if old.delivered_at is null and new.delivered_at is not null then
    update order_line set delivered_quantity = delivered_quantity + shipment_line.quantity
    from shipment_line
    where shipment_line.shipment_id = new.id and order_line.order_id = new.order_id and order_line.sku = shipment_line.sku;
  end if;
  return new;
end $$;
create trigger shipment_is_kept before update on shipment for each row execute function keep_shipment();

create function refuse_status_against_parcels() returns trigger language plpgsql as $$
begin
  if new.status = 'cancelled' and exists (select from order_line where order_id = new.id and shipped_quantity > 0) then
    raise exception 'an order of which a part has left cannot be cancelled' using errcode = 'check_violation';
  end if;
  if new.status = 'shipped' and exists (select from order_line where order_id = new.id and shipped_quantity < quantity) then
    raise exception 'an order is shipped when all of it has left' using errcode = 'check_violation';
  end if;
  if new.status = 'delivered' and exists (select from order_line where order_id = new.id and delivered_quantity < quantity) then
    raise exception 'an order is delivered when all of it has arrived' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_parcels_fit_status before update of status on orders
  for each row when (old.status is distinct from new.status and new.status in ('cancelled', 'shipped', 'delivered'))
  execute function refuse_status_against_parcels();
