-- AlterTable
ALTER TABLE "return_line" ADD COLUMN     "exchange_for" JSONB;

-- AlterTable
ALTER TABLE "return_request" ADD COLUMN     "exchange_id" UUID,
ADD COLUMN     "exchanged_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "return_request_exchange_id_key" ON "return_request"("exchange_id");

alter table return_request
  add constraint return_request_exchanged check (
    exchanged_minor >= 0 and (exchanged_minor = 0 or (exchange_id is not null and goods_minor is not null))
    and exchanged_minor + coalesce(refund_minor, 0) <= coalesce(goods_minor, 0) + coalesce(shipping_minor, 0)
    and exchanged_minor <= coalesce(goods_minor, 0));
alter table return_line
  add constraint return_line_exchange check (exchange_for is null or jsonb_typeof(exchange_for) = 'object');

create or replace function refuse_illegal_return_step() returns trigger language plpgsql as $$
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
  if new.exchanged_minor <> old.exchanged_minor and (old.exchanged_minor <> 0 or old.status <> 'received') then
    raise exception 'the goods of a return are exchanged once, when they are here' using errcode = 'check_violation';
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
  if new.status = 'refunding' or new.exchanged_minor > old.exchanged_minor then
    -- The order's row serialises refunds of two of its returns.
    select total_minor into paid_minor from orders where id = new.order_id for no key update;
    select coalesce(sum(refund_minor) filter (where status in ('refunding', 'completed')), 0)
      + coalesce(sum(exchanged_minor), 0) into given_minor
    from return_request where order_id = new.order_id and id <> new.id;
    if given_minor + coalesce(new.refund_minor, 0) + new.exchanged_minor > paid_minor then
      raise exception 'returns cannot give back more than was paid' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;

-- What an exchange took is paid with the order that it became, which has an invoice of its own.
create function credit_exchange() returns trigger language plpgsql as $$
begin
  insert into document_due (order_id, kind, amount_minor)
  values (new.order_id, 'credit_note', new.exchanged_minor - old.exchanged_minor);
  return null;
end $$;
create trigger return_request_exchange_is_credited after update of exchanged_minor on return_request
  for each row when (new.exchanged_minor > old.exchanged_minor) execute function credit_exchange();
