-- AlterTable
ALTER TABLE "closed_order" ADD COLUMN     "was_confirmed" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "refund" ADD COLUMN     "is_returned" BOOLEAN NOT NULL DEFAULT false;

alter table refund add constraint refund_returned check (
  not is_returned or (status = 'succeeded' or status = 'pending') and amount_minor = 0 and credit_minor = 0 and of_refund_id is null);
