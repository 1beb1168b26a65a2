-- AlterTable
ALTER TABLE "shipment" ADD COLUMN     "return_until" TIMESTAMPTZ;

-- Parcels that arrived before have the time that their order has.
update shipment set return_until = orders.return_until
from orders where orders.id = shipment.order_id and shipment.delivered_at is not null;

alter table shipment add constraint shipment_return_until check (return_until is null or delivered_at is not null);

create or replace function keep_shipment() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.order_id <> old.order_id or new.amount_minor <> old.amount_minor
    or new.shipped_at <> old.shipped_at
    or (old.delivered_at is not null and new.delivered_at is distinct from old.delivered_at)
    or (old.return_until is not null and new.return_until is distinct from old.return_until) then
    raise exception 'of a parcel that left, only carrier and tracking number may change' using errcode = 'check_violation';
  end if;
  if old.delivered_at is null and new.delivered_at is not null then
    update order_line set delivered_quantity = delivered_quantity + shipment_line.quantity
    from shipment_line
    where shipment_line.shipment_id = new.id and order_line.order_id = new.order_id and order_line.sku = shipment_line.sku;
  end if;
  return new;
end $$;

-- The last parcel may arrive after pieces of another one have come back.
insert into order_edge (from_status, to_status) values ('shipped', 'partially_returned');

create or replace function refuse_status_against_parcels() returns trigger language plpgsql as $$
begin
  if new.status = 'cancelled' and exists (select from order_line where order_id = new.id and shipped_quantity > 0) then
    raise exception 'an order of which a part has left cannot be cancelled' using errcode = 'check_violation';
  end if;
  if new.status = 'shipped' and exists (select from order_line where order_id = new.id and shipped_quantity < quantity) then
    raise exception 'an order is shipped when all of it has left' using errcode = 'check_violation';
  end if;
  if new.status in ('delivered', 'partially_returned', 'returned')
    and exists (select from order_line where order_id = new.id and delivered_quantity < quantity) then
    raise exception 'an order is delivered when all of it has arrived' using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger orders_parcels_fit_status on orders;
create trigger orders_parcels_fit_status before update of status on orders
  for each row when (old.status is distinct from new.status
    and new.status in ('cancelled', 'shipped', 'delivered', 'partially_returned', 'returned'))
  execute function refuse_status_against_parcels();
