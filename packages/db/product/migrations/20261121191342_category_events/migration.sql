-- AlterTable
ALTER TABLE "category" ADD COLUMN     "version" BIGINT NOT NULL DEFAULT 0;
