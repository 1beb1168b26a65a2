-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "capture_due_at" TIMESTAMPTZ;

create index payment_capture_due on payment (capture_due_at) where capture_due_at is not null and status = 'authorized';
