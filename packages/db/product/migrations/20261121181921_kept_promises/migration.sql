-- AlterTable
ALTER TABLE "availability" ADD COLUMN     "expected_on" DATE,
ADD COLUMN     "previous_expected_on" DATE;
