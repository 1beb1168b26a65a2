-- AlterTable
ALTER TABLE "return_request" ADD COLUMN     "refund_to" TEXT NOT NULL DEFAULT 'original';

alter table return_request add constraint return_refund_to check (refund_to in ('original', 'store_credit', 'gift_card'));
