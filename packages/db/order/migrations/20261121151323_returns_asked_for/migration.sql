create sequence return_number start 1001;

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "return_pending_quantity" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "return_until" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "return_edge" (
    "from_status" TEXT NOT NULL,
    "to_status" TEXT NOT NULL,

    CONSTRAINT "return_edge_pkey" PRIMARY KEY ("from_status","to_status")
);

-- CreateTable
CREATE TABLE "return_request" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL DEFAULT ('R-'::text || nextval('return_number'::regclass)),
    "order_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'requested',
    "requested_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "answer" TEXT,
    "goods_minor" BIGINT,
    "shipping_minor" BIGINT,
    "refund_minor" BIGINT,
    "refund_id" UUID,
    "refund_problem" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_check_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "return_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_line" (
    "return_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "restocked_quantity" INTEGER NOT NULL DEFAULT 0,
    "written_off_quantity" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "return_line_pkey" PRIMARY KEY ("return_id","sku")
);

-- CreateIndex
CREATE UNIQUE INDEX "return_request_number_key" ON "return_request"("number");

-- CreateIndex
CREATE UNIQUE INDEX "return_request_refund_id_key" ON "return_request"("refund_id");

-- CreateIndex
CREATE INDEX "return_request_order_id_idx" ON "return_request"("order_id");

-- CreateIndex
CREATE INDEX "return_request_status_id_idx" ON "return_request"("status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "return_request_id_order_id_key" ON "return_request"("id", "order_id");

-- CreateIndex
CREATE INDEX "return_line_order_id_sku_idx" ON "return_line"("order_id", "sku");

-- AddForeignKey
ALTER TABLE "return_request" ADD CONSTRAINT "return_request_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_line" ADD CONSTRAINT "return_line_return_id_order_id_fkey" FOREIGN KEY ("return_id", "order_id") REFERENCES "return_request"("id", "order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_line" ADD CONSTRAINT "return_line_order_id_sku_fkey" FOREIGN KEY ("order_id", "sku") REFERENCES "order_line"("order_id", "sku") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whoever got his order before returns were asked for here has the usual time from its delivery.
update orders set return_until = delivered.at + interval '30 days'
from (select order_id, max(delivered_at) as at from shipment group by 1) delivered
where delivered.order_id = orders.id and orders.status in ('delivered', 'partially_returned', 'returned');

alter table order_line add constraint order_line_returns check (
  return_pending_quantity >= 0 and returned_quantity + return_pending_quantity <= delivered_quantity);

alter table return_request
  add constraint return_request_status check (status in ('requested', 'approved', 'declined', 'received', 'refunding', 'completed')),
  add constraint return_request_amounts check (
    goods_minor >= 0 and shipping_minor >= 0 and refund_minor >= 0
    and (refund_minor is null or refund_minor <= goods_minor + coalesce(shipping_minor, 0))),
  add constraint return_request_refund check (status <> 'refunding' or (refund_id is not null and refund_minor > 0)),
  add constraint return_request_goods check (status not in ('received', 'refunding', 'completed') or goods_minor is not null);
alter table return_line
  add constraint return_line_quantity check (quantity between 1 and 999),
  add constraint return_line_came_back check (
    restocked_quantity >= 0 and written_off_quantity >= 0 and restocked_quantity + written_off_quantity <= quantity);

create index return_request_refunding on return_request (next_check_at) where status = 'refunding';

insert into return_edge (from_status, to_status) values
  ('requested', 'approved'), ('requested', 'declined'), ('approved', 'declined'), ('approved', 'received'),
  ('received', 'refunding'), ('refunding', 'received'), ('received', 'completed'), ('refunding', 'completed');

create function refuse_illegal_return_step() returns trigger language plpgsql as $$
declare
  given_minor bigint;
  paid_minor bigint;
begin
  if tg_op = 'INSERT' then
    if new.status <> 'requested' then
      raise exception 'a return begins by being asked for' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.id <> old.id or new.order_id <> old.order_id or new.number <> old.number then
    raise exception 'a return stays with its order' using errcode = 'check_violation';
  end if;
  if new.status = old.status then
    return new;
  end if;
  if not exists (select from return_edge where from_status = old.status and to_status = new.status) then
    raise exception 'a return cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  if new.status in ('received', 'declined') and old.status in ('requested', 'approved') then
    update order_line set return_pending_quantity = return_pending_quantity - return_line.quantity
    from return_line
    where return_line.return_id = new.id and order_line.order_id = new.order_id and order_line.sku = return_line.sku;
  end if;
  if new.status = 'refunding' then
    -- The order's row serialises refunds of two of its returns.
    select total_minor into paid_minor from orders where id = new.order_id for no key update;
    select coalesce(sum(refund_minor), 0) into given_minor from return_request
    where order_id = new.order_id and id <> new.id and status in ('refunding', 'completed');
    if given_minor + new.refund_minor > paid_minor then
      raise exception 'returns cannot give back more than was paid' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger return_request_follows_edges before insert or update on return_request
  for each row execute function refuse_illegal_return_step();
create trigger return_request_is_kept before delete on return_request
  for each row execute function refuse_rewriting_history();

create function count_return_line() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if (select status from return_request where id = new.return_id) <> 'requested' then
      raise exception 'a return gets its lines when it is asked for' using errcode = 'check_violation';
    end if;
    update order_line set return_pending_quantity = return_pending_quantity + new.quantity
    where order_id = new.order_id and sku = new.sku;
    return null;
  end if;
  if new.return_id <> old.return_id or new.order_id <> old.order_id or new.sku <> old.sku or new.quantity <> old.quantity then
    raise exception 'what was asked to be returned does not change' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger return_line_is_counted after insert or update on return_line
  for each row execute function count_return_line();
create trigger return_line_is_kept before delete on return_line
  for each row execute function refuse_rewriting_history();
