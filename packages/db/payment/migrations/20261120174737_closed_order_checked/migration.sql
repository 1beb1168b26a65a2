-- DropIndex
DROP INDEX "closed_order_closed_at_idx";

-- AlterTable
ALTER TABLE "closed_order" ADD COLUMN     "checked_at" TIMESTAMPTZ;

create index closed_order_unchecked on closed_order (closed_at) where checked_at is null;
