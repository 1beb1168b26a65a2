-- AlterTable
ALTER TABLE "availability" ADD COLUMN     "backorderable" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "previous_backorderable" INTEGER NOT NULL DEFAULT 0;

alter table availability add constraint availability_backorderable check (backorderable >= 0);
