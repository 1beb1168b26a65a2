-- CreateTable
CREATE TABLE "document_due" (
    "seq" BIGSERIAL NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_minor" BIGINT,
    "due_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_due_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "document_series" (
    "series" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "document_series_pkey" PRIMARY KEY ("series","year")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "invoice_id" UUID,
    "total_minor" BIGINT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "issued_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "document_number_key" ON "document"("number");

-- CreateIndex
CREATE INDEX "document_order_id_idx" ON "document"("order_id");

-- CreateIndex
CREATE INDEX "document_invoice_id_idx" ON "document"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "document_series_year_sequence_key" ON "document"("series", "year", "sequence");

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

alter table document_due
  add constraint document_due_kind check (kind in ('invoice', 'credit_note')),
  add constraint document_due_amount check ((kind = 'credit_note') = (amount_minor is not null) and coalesce(amount_minor, 1) > 0);
alter table document_series add constraint document_series_last check (last >= 0);
alter table document
  add constraint document_kind check (kind in ('invoice', 'credit_note')),
  add constraint document_total check (total_minor >= 0),
  add constraint document_sequence check (sequence > 0),
  add constraint document_number check (number = series || '-' || year || '-' || lpad(sequence::text, 6, '0')),
  add constraint document_refers check ((kind = 'credit_note') = (invoice_id is not null));

create trigger document_is_append_only before update or delete on document
  for each row execute function refuse_rewriting_history();

-- Here and not in each statement that confirms or refunds: whoever does it, the document is due with it.
create function note_due_documents() returns trigger language plpgsql as $$
begin
  if old.confirmed_at is null and new.confirmed_at is not null then
    insert into document_due (order_id, kind) values (new.id, 'invoice');
  end if;
  if new.confirmed_at is null then
    return null;
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
create trigger orders_note_due_documents after update of confirmed_at, refunded_minor, status on orders
  for each row execute function note_due_documents();

insert into document_due (order_id, kind)
  select id, 'invoice' from orders where confirmed_at is not null order by confirmed_at, id;
insert into document_due (order_id, kind, amount_minor)
  select id, 'credit_note', refunded_minor from orders where confirmed_at is not null and refunded_minor > 0 order by updated_at, id;
