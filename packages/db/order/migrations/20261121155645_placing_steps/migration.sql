-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "placing_steps" JSONB NOT NULL DEFAULT '[]';
