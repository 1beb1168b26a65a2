-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "arrived_quantity" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "expected_on" DATE,
ADD COLUMN     "promised_quantity" INTEGER NOT NULL DEFAULT 0;

alter table order_line
  add constraint order_line_promised check (promised_quantity between 0 and quantity),
  add constraint order_line_arrived check (arrived_quantity >= 0);

-- Who waits for a SKU is told when its day changes.
create index order_line_waiting on order_line (sku) where promised_quantity > arrived_quantity;

-- What is taken out of an order is taken from what it waits for first, as inventory does.
create function shrink_promise() returns trigger language plpgsql as $$
begin
  new.promised_quantity := least(new.quantity, old.promised_quantity - least(
    greatest(old.promised_quantity - old.arrived_quantity, 0), old.quantity - new.quantity));
  return new;
end $$;
create trigger order_line_promise_shrinks before update of quantity on order_line
  for each row when (new.quantity < old.quantity and old.promised_quantity > 0) execute function shrink_promise();
