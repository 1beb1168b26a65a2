-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "lowered_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "order_edit_edge" (
    "from_status" TEXT NOT NULL,
    "to_status" TEXT NOT NULL,

    CONSTRAINT "order_edit_edge_pkey" PRIMARY KEY ("from_status","to_status")
);

-- CreateTable
CREATE TABLE "order_edit" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "removed" JSONB NOT NULL,
    "lowered_minor" BIGINT NOT NULL,
    "refund_id" UUID NOT NULL,
    "refund_problem" TEXT,
    "refunded_at" TIMESTAMPTZ,
    "request_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_check_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_edit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "order_edit_refund_id_key" ON "order_edit"("refund_id");

-- CreateIndex
CREATE INDEX "order_edit_order_id_idx" ON "order_edit"("order_id");

-- AddForeignKey
ALTER TABLE "order_edit" ADD CONSTRAINT "order_edit_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table orders add constraint orders_lowered check (lowered_minor >= 0);
alter table order_edit
  add constraint order_edit_status check (status in ('refunding', 'completed', 'refund_failed')),
  add constraint order_edit_lowered check (lowered_minor >= 0 and (lowered_minor > 0 or status = 'completed')),
  add constraint order_edit_problem check ((status = 'refund_failed') = (refund_problem is not null));

-- Of two edits at once, the second waits until the money of the first is on its way.
create unique index order_edit_open on order_edit (order_id) where status = 'refunding';
create index order_edit_refunding on order_edit (next_check_at) where status = 'refunding';

insert into order_edit_edge (from_status, to_status) values
  ('refunding', 'completed'), ('refunding', 'refund_failed'), ('refund_failed', 'refunding');

create function refuse_illegal_edit_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if (new.status = 'completed') <> (new.lowered_minor = 0) then
      raise exception 'an edit begins with the money that goes back' using errcode = 'check_violation';
    end if;
    if exists (select from order_line where order_id = new.order_id and shipped_quantity > 0) then
      raise exception 'an order of which a part has left is not edited' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.id <> old.id or new.order_id <> old.order_id or new.lowered_minor <> old.lowered_minor
    or new.removed <> old.removed or new.request_hash <> old.request_hash then
    raise exception 'of an edit, only what becomes of the money may change' using errcode = 'check_violation';
  end if;
  if new.status <> old.status
    and not exists (select from order_edit_edge where from_status = old.status and to_status = new.status) then
    raise exception 'an edit cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger order_edit_follows_edges before insert or update on order_edit
  for each row execute function refuse_illegal_edit_step();
create trigger order_edit_is_kept before delete on order_edit
  for each row execute function refuse_rewriting_history();

-- An edit takes a part of the invoice back in the same moment; its refund is not counted as one of the order's.
create or replace function note_due_documents() returns trigger language plpgsql as $$
begin
  if old.confirmed_at is null and new.confirmed_at is not null then
    insert into document_due (order_id, kind) values (new.id, 'invoice');
  end if;
  if new.confirmed_at is null then
    return null;
  end if;
  if new.lowered_minor > old.lowered_minor then
    -- An invoice that is not written yet will be over the lower total. Who is writing it now holds this row.
    perform from document_due where order_id = new.id and kind = 'invoice' for update;
    if not found then
      insert into document_due (order_id, kind, amount_minor)
      values (new.id, 'credit_note', new.lowered_minor - old.lowered_minor);
    end if;
  end if;
  if new.refunded_minor > old.refunded_minor then
    insert into document_due (order_id, kind, amount_minor)
    values (new.id, 'credit_note', new.refunded_minor - old.refunded_minor);
  end if;
  -- Money that was only promised, such as cash on delivery, is never refunded: the cancellation takes the invoice back.
  if new.status = 'cancelled' and old.status <> 'cancelled' and new.payment ->> 'status' = 'authorized'
     and new.total_minor > new.refunded_minor then
    insert into document_due (order_id, kind, amount_minor)
    values (new.id, 'credit_note', new.total_minor - new.refunded_minor);
  end if;
  return null;
end $$;
drop trigger orders_note_due_documents on orders;
create trigger orders_note_due_documents after update of confirmed_at, refunded_minor, lowered_minor, status on orders
  for each row execute function note_due_documents();
