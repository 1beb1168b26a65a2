-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "credit_given_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "credit_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "credit_pending_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "credit_status" TEXT NOT NULL DEFAULT 'none';

-- AlterTable
ALTER TABLE "refund" ADD COLUMN     "credit_id" UUID,
ADD COLUMN     "credit_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "credit" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "code_hash" TEXT,
    "last4" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "currency" TEXT NOT NULL,
    "balance_minor" BIGINT NOT NULL DEFAULT 0,
    "held_minor" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ,
    "note" TEXT,
    "recipient_email" TEXT,
    "issued_by" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_entry" (
    "id" UUID NOT NULL,
    "credit_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "order_id" UUID,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "balance_after_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_posting" (
    "entry_id" UUID NOT NULL,
    "line" SMALLINT NOT NULL,
    "account" TEXT NOT NULL,
    "debit_minor" BIGINT NOT NULL,
    "credit_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "credit_posting_pkey" PRIMARY KEY ("entry_id","line")
);

-- CreateTable
CREATE TABLE "credit_use" (
    "payment_id" UUID NOT NULL,
    "credit_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "back_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "credit_use_pkey" PRIMARY KEY ("payment_id","credit_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_code_hash_key" ON "credit"("code_hash");

-- CreateIndex
CREATE INDEX "credit_kind_id_idx" ON "credit"("kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entry_credit_id_kind_source_id_key" ON "credit_entry"("credit_id", "kind", "source_id");

-- CreateIndex
CREATE INDEX "credit_use_credit_id_idx" ON "credit_use"("credit_id");

-- AddForeignKey
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_credit_id_fkey" FOREIGN KEY ("credit_id") REFERENCES "credit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_posting" ADD CONSTRAINT "credit_posting_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "credit_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_use" ADD CONSTRAINT "credit_use_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_use" ADD CONSTRAINT "credit_use_credit_id_fkey" FOREIGN KEY ("credit_id") REFERENCES "credit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say of the tables above.
alter table payment
  drop constraint payment_amount,
  drop constraint payment_status_amounts,
  add constraint payment_amount check (amount_minor >= 0 and credit_minor >= 0 and amount_minor + credit_minor > 0),
  add constraint payment_status_amounts check (
    (status <> 'captured' or captured_minor > 0 or (amount_minor = 0 and credit_status = 'spent'))
    and (status <> 'authorized' or authorized_minor > 0)
  ),
  add constraint payment_credit_status check (credit_status in ('none', 'held', 'spent', 'released')),
  add constraint payment_credit check ((credit_status = 'none') = (credit_minor = 0)),
  -- Credit is held for exactly as long as the payment is open.
  add constraint payment_credit_follows check (
    (credit_status <> 'held' or status not in ('captured', 'declined', 'expired', 'voided'))
    and (credit_status <> 'spent' or status = 'captured')
    and (credit_status <> 'released' or status in ('declined', 'expired', 'voided'))
  ),
  add constraint payment_credit_given check (
    credit_given_minor >= 0 and credit_pending_minor >= 0
    and refunded_minor + refund_pending_minor + credit_given_minor + credit_pending_minor
      <= captured_minor + case when credit_status = 'spent' then credit_minor else 0 end
  ),
  drop constraint payment_method,
  add constraint payment_method check (method_type in ('card', 'upi', 'netbanking', 'wallet', 'cod', 'credit'));
alter table refund
  drop constraint refund_amount,
  add constraint refund_amount check (amount_minor >= 0 and credit_minor >= 0 and amount_minor + credit_minor > 0);
alter table credit
  add constraint credit_kind check (
    (kind = 'gift_card' and code_hash is not null and last4 is not null and user_id is null)
    or (kind = 'store_credit' and code_hash is null and last4 is null and user_id is not null)
  ),
  add constraint credit_status check (status in ('active', 'disabled')),
  add constraint credit_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint credit_balance check (balance_minor >= 0),
  add constraint credit_held check (held_minor >= 0);
alter table credit_entry
  add constraint credit_entry_kind check (kind in ('issue', 'hold', 'spend', 'release', 'give_back', 'expire', 'void'));
alter table credit_posting
  add constraint credit_posting_account check (
    account in ('issued', 'balance', 'held', 'spent', 'refunds', 'expired', 'voided')
  ),
  add constraint credit_posting_one_side check (
    debit_minor >= 0 and credit_minor >= 0 and (debit_minor = 0) <> (credit_minor = 0)
  );
alter table credit_use
  add constraint credit_use_amount check (amount_minor > 0 and back_minor between 0 and amount_minor);

create unique index credit_one_per_customer on credit (user_id, currency) where kind = 'store_credit';
create index credit_to_expire on credit (expires_at) where expires_at is not null and balance_minor > 0;

-- Written once, never changed; every entry complete and balanced in the statement that writes it.
create trigger credit_entry_is_append_only before update or delete on credit_entry
  for each row execute function refuse_rewriting_journal();
create trigger credit_posting_is_append_only before update or delete on credit_posting
  for each row execute function refuse_rewriting_journal();
create trigger credit_entry_is_not_emptied before truncate on credit_entry
  for each statement execute function refuse_rewriting_journal();
create trigger credit_posting_is_not_emptied before truncate on credit_posting
  for each statement execute function refuse_rewriting_journal();
create trigger credit_entry_balances after insert on credit_posting
  referencing new table as written for each statement execute function refuse_unbalanced_postings();

create function refuse_empty_credit_entries() returns trigger language plpgsql as $$
begin
  if exists (select from written where not exists (select from credit_posting where entry_id = written.id)) then
    raise exception 'a credit entry has no postings' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger credit_entry_is_complete after insert on credit_entry
  referencing new table as written for each statement execute function refuse_empty_credit_entries();
