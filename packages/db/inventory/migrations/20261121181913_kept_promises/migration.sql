-- AlterTable
ALTER TABLE "reservation" ADD COLUMN     "version" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "stock_item" ADD COLUMN     "expected_on" DATE;
