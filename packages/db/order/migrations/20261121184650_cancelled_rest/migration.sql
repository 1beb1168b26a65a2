-- AlterTable
ALTER TABLE "order_edit" ADD COLUMN     "completes" JSONB,
ADD COLUMN     "refunded_minor" BIGINT NOT NULL DEFAULT 0;

update order_edit set refunded_minor = lowered_minor - moved_minor where refunded_at is not null;

alter table order_edit add constraint order_edit_refunded check (refunded_minor between 0 and lowered_minor - moved_minor);

-- What had not left was cancelled: the order goes on as if what has were all of it.
insert into order_edge (from_status, to_status) values
  ('processing', 'delivered'), ('processing', 'partially_returned'), ('processing', 'returned');

create or replace function refuse_illegal_edit_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if (new.status = 'completed') <> (new.lowered_minor = 0) then
      raise exception 'an edit begins with the money that goes back' using errcode = 'check_violation';
    end if;
    if (new.completes is not null) <> exists (
      select from order_line where order_id = new.order_id and shipped_quantity > 0) then
      raise exception 'an order of which a part has left is edited only by cancelling the rest' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.id <> old.id or new.order_id <> old.order_id or new.lowered_minor <> old.lowered_minor
    or new.removed <> old.removed or new.request_hash <> old.request_hash
    or new.completes is distinct from old.completes then
    raise exception 'of an edit, only what becomes of the money may change' using errcode = 'check_violation';
  end if;
  if new.status <> old.status
    and not exists (select from order_edit_edge where from_status = old.status and to_status = new.status) then
    raise exception 'an edit cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
