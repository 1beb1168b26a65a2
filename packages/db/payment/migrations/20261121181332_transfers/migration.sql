-- DropIndex
DROP INDEX "journal_entry_payment_id_idx";

-- DropIndex
DROP INDEX "journal_entry_source_id_key";

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "transfer_given_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "transfer_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "transfer_pending_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "transfer_status" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "transferred_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "refund" ADD COLUMN     "of_refund_id" UUID,
ADD COLUMN     "provider_done_at" TIMESTAMPTZ,
ADD COLUMN     "transfer_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "transfer" (
    "id" UUID NOT NULL,
    "from_payment_id" UUID NOT NULL,
    "to_payment_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "back_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "transfer_to_payment_id_key" ON "transfer"("to_payment_id");

-- CreateIndex
CREATE INDEX "transfer_from_payment_id_idx" ON "transfer"("from_payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entry_payment_id_source_id_key" ON "journal_entry"("payment_id", "source_id");

-- CreateIndex
CREATE INDEX "refund_of_refund_id_idx" ON "refund"("of_refund_id");

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_of_refund_id_fkey" FOREIGN KEY ("of_refund_id") REFERENCES "refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_from_payment_id_fkey" FOREIGN KEY ("from_payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_to_payment_id_fkey" FOREIGN KEY ("to_payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say of the tables above.
alter table payment
  drop constraint payment_amount,
  drop constraint payment_status_amounts,
  drop constraint payment_credit_given,
  drop constraint payment_method,
  add constraint payment_amount check (
    amount_minor >= 0 and credit_minor >= 0 and transfer_minor >= 0 and amount_minor + credit_minor + transfer_minor > 0
  ),
  add constraint payment_status_amounts check (
    (status <> 'captured' or captured_minor > 0
      or (amount_minor = 0 and (credit_status = 'spent' or transfer_status = 'spent')))
    and (status <> 'authorized' or authorized_minor > 0)
  ),
  add constraint payment_transfer_status check (transfer_status in ('none', 'held', 'spent', 'released')),
  add constraint payment_transfer check ((transfer_status = 'none') = (transfer_minor = 0)),
  -- As credit is, what was moved here is held for exactly as long as the payment is open.
  add constraint payment_transfer_follows check (
    (transfer_status <> 'held' or status not in ('captured', 'declined', 'expired', 'voided'))
    and (transfer_status <> 'spent' or status = 'captured')
    and (transfer_status <> 'released' or status in ('declined', 'expired', 'voided'))
  ),
  add constraint payment_transfer_given check (
    transfer_given_minor >= 0 and transfer_pending_minor >= 0
    and transfer_given_minor + transfer_pending_minor <= case when transfer_status = 'spent' then transfer_minor else 0 end
  ),
  -- Whatever way money leaves a payment, never more leaves it than came.
  add constraint payment_given_back check (
    credit_given_minor >= 0 and credit_pending_minor >= 0 and transferred_minor >= 0
    and refunded_minor + refund_pending_minor + credit_given_minor + credit_pending_minor
      + transfer_given_minor + transfer_pending_minor + transferred_minor
      <= captured_minor + case when credit_status = 'spent' then credit_minor else 0 end
        + case when transfer_status = 'spent' then transfer_minor else 0 end
  ),
  add constraint payment_method check (method_type in ('card', 'upi', 'netbanking', 'wallet', 'cod', 'credit', 'transfer'));
alter table refund
  drop constraint refund_amount,
  drop constraint refund_debit_account,
  add constraint refund_amount check (
    amount_minor >= 0 and credit_minor >= 0 and transfer_minor >= 0 and amount_minor + credit_minor + transfer_minor > 0
  ),
  add constraint refund_debit_account check (debit_account in ('refunds', 'customer', 'transfer')),
  add constraint refund_for_another check ((debit_account = 'transfer') = (of_refund_id is not null));
alter table journal_posting
  drop constraint posting_account,
  add constraint posting_account check (account in ('customer', 'provider', 'revenue', 'refunds', 'receivable', 'transfer'));
alter table transfer
  add constraint transfer_status check (status in ('held', 'spent', 'released')),
  add constraint transfer_between_two check (from_payment_id <> to_payment_id),
  add constraint transfer_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint transfer_amount check (amount_minor > 0),
  add constraint transfer_back check (back_minor between 0 and case when status = 'spent' then amount_minor else 0 end),
  add constraint transfer_ended check ((status = 'held') = (ended_at is null));

-- A refund is passed on once at a time, and never again once that went well.
create unique index refund_passed_once on refund (of_refund_id) where status <> 'failed';

-- Held ends once; what was moved, from where and to where never changes.
create function refuse_rewriting_transfer() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'a transfer is not deleted' using errcode = 'check_violation';
  end if;
  if (old.status <> 'held' and new.status <> old.status)
    or (old.id, old.from_payment_id, old.to_payment_id, old.amount_minor, old.currency)
      <> (new.id, new.from_payment_id, new.to_payment_id, new.amount_minor, new.currency) then
    raise exception 'a transfer cannot be changed so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger transfer_is_not_rewritten before update or delete on transfer
  for each row execute function refuse_rewriting_transfer();
create trigger transfer_is_not_emptied before truncate on transfer
  for each statement execute function refuse_rewriting_transfer();
