-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "returned_quantity" INTEGER NOT NULL DEFAULT 0;

alter table order_line add constraint order_line_returned check (returned_quantity between 0 and quantity);
