-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "discount_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "tax_basis_points" INTEGER;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "shipping_tax_basis_points" INTEGER;

alter table orders add constraint orders_shipping_tax_rate check (shipping_tax_basis_points between 0 and 10000);
alter table order_line
  add constraint order_line_discount check (discount_minor between 0 and total_minor),
  add constraint order_line_tax_rate check (tax_basis_points between 0 and 10000);
