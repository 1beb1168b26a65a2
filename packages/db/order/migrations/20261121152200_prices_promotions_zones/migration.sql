-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "discounts" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "prices_include_tax" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "promotions" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "tax_lines" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "promotion" DROP CONSTRAINT "promotion_pkey",
ADD COLUMN     "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "customers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "id" UUID,
ADD COLUMN     "is_active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "is_exclusive" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_first_order" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "min_quantity" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "offer" JSONB,
ADD COLUMN     "per_customer_limit" INTEGER,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scope" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "usage_limit" INTEGER,
ADD COLUMN     "used_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "code" DROP NOT NULL;

-- Ids of version 7, the same wherever this runs.
update promotion set name = code, id = ('0199f000-0001-7' || substr(md5(code), 1, 3) || '-8' || substr(md5(code), 4, 3) || '-' || substr(md5(code), 7, 12))::uuid;
alter table promotion alter column id set not null, alter column name set not null,
  add constraint promotion_pkey primary key (id), drop constraint promotion_kind, drop constraint promotion_value;

-- The methods of today are seeded again below, in zones.
delete from shipping_method;
alter table shipping_method drop constraint shipping_method_price;

-- AlterTable
ALTER TABLE "shipping_method" DROP CONSTRAINT "shipping_method_pkey",
DROP COLUMN "currency",
DROP COLUMN "price_minor",
ADD COLUMN     "max_days" INTEGER NOT NULL,
ADD COLUMN     "min_days" INTEGER NOT NULL,
ADD COLUMN     "tiers" JSONB NOT NULL,
ADD COLUMN     "zone_id" UUID NOT NULL,
ADD CONSTRAINT "shipping_method_pkey" PRIMARY KEY ("zone_id", "code");

-- AlterTable
ALTER TABLE "tax_rate" DROP CONSTRAINT "tax_rate_pkey",
ADD COLUMN     "region" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("country", "region", "tax_class");

-- CreateTable
CREATE TABLE "shipping_zone" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shipping_zone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipping_place" (
    "place" TEXT NOT NULL,
    "zone_id" UUID NOT NULL,

    CONSTRAINT "shipping_place_pkey" PRIMARY KEY ("place")
);

-- CreateTable
CREATE TABLE "tax_country" (
    "country" TEXT NOT NULL,
    "prices_include_tax" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tax_country_pkey" PRIMARY KEY ("country")
);

-- CreateTable
CREATE TABLE "promotion_customer" (
    "promotion_id" UUID NOT NULL,
    "customer" TEXT NOT NULL,
    "used_count" INTEGER NOT NULL,
    "most" INTEGER NOT NULL,

    CONSTRAINT "promotion_customer_pkey" PRIMARY KEY ("promotion_id","customer")
);

-- CreateTable
CREATE TABLE "promotion_use" (
    "order_id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "customers" TEXT[],
    "is_returned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "promotion_use_pkey" PRIMARY KEY ("order_id","promotion_id")
);

-- CreateTable
CREATE TABLE "price_change" (
    "id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shipping_zone_name_key" ON "shipping_zone"("name");

-- CreateIndex
CREATE INDEX "shipping_place_zone_id_idx" ON "shipping_place"("zone_id");

-- CreateIndex
CREATE INDEX "orders_email_idx" ON "orders"("email");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_code_key" ON "promotion"("code");

-- AddForeignKey
ALTER TABLE "shipping_place" ADD CONSTRAINT "shipping_place_zone_id_fkey" FOREIGN KEY ("zone_id") REFERENCES "shipping_zone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipping_method" ADD CONSTRAINT "shipping_method_zone_id_fkey" FOREIGN KEY ("zone_id") REFERENCES "shipping_zone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

insert into tax_country (country, prices_include_tax) select distinct country, true from tax_rate;

-- AddForeignKey
ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_country_fkey" FOREIGN KEY ("country") REFERENCES "tax_country"("country") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_customer" ADD CONSTRAINT "promotion_customer_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_use" ADD CONSTRAINT "promotion_use_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_use" ADD CONSTRAINT "promotion_use_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table promotion
  add constraint promotion_kind check (kind in ('percentage', 'amount', 'free_shipping', 'buy_x_get_y')),
  add constraint promotion_value check (value >= 0 and (kind not in ('percentage', 'buy_x_get_y') or value <= 10000)),
  add constraint promotion_offer check ((kind = 'buy_x_get_y') = (offer is not null)),
  add constraint promotion_period check (starts_at is null or ends_at is null or starts_at < ends_at),
  add constraint promotion_minimums check (min_subtotal_minor >= 0 and min_quantity >= 0),
  add constraint promotion_limits check (usage_limit > 0 and per_customer_limit > 0 and used_count >= 0),
  -- More orders than the limit cannot be written, whatever runs at once.
  add constraint promotion_used_up check (used_count <= usage_limit);
alter table promotion_customer
  add constraint promotion_customer_count check (used_count >= 0),
  add constraint promotion_customer_used_up check (used_count <= most);
alter table shipping_method
  add constraint shipping_method_days check (min_days between 0 and max_days),
  add constraint shipping_method_free_from check (free_from_minor >= 0);
alter table shipping_place add constraint shipping_place_form check (place ~ '^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$');
alter table tax_country add constraint tax_country_form check (country ~ '^(\*|[A-Z]{2})$');
alter table orders
  drop constraint orders_amounts,
  add constraint orders_amounts check (
    subtotal_minor >= 0 and discount_minor >= 0 and shipping_minor >= 0 and tax_minor >= 0
    and discount_minor <= subtotal_minor + shipping_minor
    and total_minor = subtotal_minor - discount_minor + shipping_minor + case when prices_include_tax then 0 else tax_minor end
    and tax_minor <= total_minor);
create index orders_promotions on orders using gin (promotions jsonb_path_ops) where promotions <> '[]'::jsonb;
-- Most promotions apply by a code; those that apply by themselves are read with every price.
create index promotion_automatic on promotion (id) where code is null;

create trigger price_change_is_append_only before update or delete on price_change
  for each row execute function refuse_rewriting_history();

-- An order that ends before anything was shipped gives back what it took of limited promotions. Here and
-- not in the verbs: an order comes to its end on several ways, and a step is taken once.
create function give_promotions_back() returns trigger language plpgsql as $$
declare
  taken record;
begin
  for taken in
    update promotion_use set is_returned = true where order_id = new.id and not is_returned
    returning promotion_id, customers
  loop
    update promotion set used_count = used_count - 1 where id = taken.promotion_id and used_count > 0;
    update promotion_customer set used_count = used_count - 1
      where promotion_id = taken.promotion_id and customer = any(taken.customers) and used_count > 0;
  end loop;
  return null;
end $$;
create trigger orders_give_promotions_back after update of status on orders
  for each row when (old.status <> new.status and new.status in ('failed', 'cancelled'))
  execute function give_promotions_back();

insert into tax_country (country, prices_include_tax) values
  ('BE', true), ('BG', true), ('HR', true), ('CY', true), ('CZ', true), ('DK', true), ('EE', true), ('FI', true), ('GR', true), ('HU', true), ('LV', true), ('LT', true), ('LU', true), ('MT', true), ('PL', true), ('PT', true), ('RO', true), ('SK', true), ('SI', true), ('SE', true), ('GB', true), ('CH', true), ('NO', true), ('US', false)
on conflict do nothing;
insert into tax_rate (country, tax_class, rate_basis_points) values
  ('BE', 'standard', 2100), ('BE', 'reduced', 600),
  ('BG', 'standard', 2000), ('BG', 'reduced', 900),
  ('HR', 'standard', 2500), ('HR', 'reduced', 1300),
  ('CY', 'standard', 1900), ('CY', 'reduced', 900),
  ('CZ', 'standard', 2100), ('CZ', 'reduced', 1200),
  ('DK', 'standard', 2500), ('DK', 'reduced', 2500),
  ('EE', 'standard', 2400), ('EE', 'reduced', 1300),
  ('FI', 'standard', 2550), ('FI', 'reduced', 1350),
  ('GR', 'standard', 2400), ('GR', 'reduced', 1300),
  ('HU', 'standard', 2700), ('HU', 'reduced', 1800),
  ('LV', 'standard', 2100), ('LV', 'reduced', 1200),
  ('LT', 'standard', 2100), ('LT', 'reduced', 1200),
  ('LU', 'standard', 1700), ('LU', 'reduced', 800),
  ('MT', 'standard', 1800), ('MT', 'reduced', 700),
  ('PL', 'standard', 2300), ('PL', 'reduced', 800),
  ('PT', 'standard', 2300), ('PT', 'reduced', 600),
  ('RO', 'standard', 2100), ('RO', 'reduced', 1100),
  ('SK', 'standard', 2300), ('SK', 'reduced', 1900),
  ('SI', 'standard', 2200), ('SI', 'reduced', 950),
  ('SE', 'standard', 2500), ('SE', 'reduced', 1200),
  ('GB', 'standard', 2000), ('GB', 'reduced', 500),
  ('CH', 'standard', 810), ('CH', 'reduced', 260),
  ('NO', 'standard', 2500), ('NO', 'reduced', 1500),
  ('US', 'standard', 0), ('US', 'reduced', 0)
on conflict do nothing;
insert into tax_rate (country, region, tax_class, rate_basis_points) values ('US', 'CA', 'standard', 725), ('US', 'NY', 'standard', 400)
on conflict do nothing;

insert into shipping_zone (id, name, position) values
  ('0199f000-0002-7000-8000-000000000001', 'European Union', 1), ('0199f000-0002-7000-8000-000000000002', 'Europe beyond the EU', 2), ('0199f000-0002-7000-8000-000000000003', 'Worldwide', 3);
insert into shipping_place (place, zone_id) values
  ('AT', '0199f000-0002-7000-8000-000000000001'), ('BE', '0199f000-0002-7000-8000-000000000001'), ('BG', '0199f000-0002-7000-8000-000000000001'), ('CY', '0199f000-0002-7000-8000-000000000001'), ('CZ', '0199f000-0002-7000-8000-000000000001'), ('DE', '0199f000-0002-7000-8000-000000000001'), ('DK', '0199f000-0002-7000-8000-000000000001'), ('EE', '0199f000-0002-7000-8000-000000000001'), ('ES', '0199f000-0002-7000-8000-000000000001'), ('FI', '0199f000-0002-7000-8000-000000000001'), ('FR', '0199f000-0002-7000-8000-000000000001'), ('GR', '0199f000-0002-7000-8000-000000000001'), ('HR', '0199f000-0002-7000-8000-000000000001'), ('HU', '0199f000-0002-7000-8000-000000000001'), ('IE', '0199f000-0002-7000-8000-000000000001'), ('IT', '0199f000-0002-7000-8000-000000000001'), ('LT', '0199f000-0002-7000-8000-000000000001'), ('LU', '0199f000-0002-7000-8000-000000000001'), ('LV', '0199f000-0002-7000-8000-000000000001'), ('MT', '0199f000-0002-7000-8000-000000000001'), ('NL', '0199f000-0002-7000-8000-000000000001'), ('PL', '0199f000-0002-7000-8000-000000000001'), ('PT', '0199f000-0002-7000-8000-000000000001'), ('RO', '0199f000-0002-7000-8000-000000000001'), ('SE', '0199f000-0002-7000-8000-000000000001'), ('SI', '0199f000-0002-7000-8000-000000000001'), ('SK', '0199f000-0002-7000-8000-000000000001'),
  ('GB', '0199f000-0002-7000-8000-000000000002'), ('CH', '0199f000-0002-7000-8000-000000000002'), ('NO', '0199f000-0002-7000-8000-000000000002'), ('IS', '0199f000-0002-7000-8000-000000000002'), ('LI', '0199f000-0002-7000-8000-000000000002'), ('MC', '0199f000-0002-7000-8000-000000000002'), ('AD', '0199f000-0002-7000-8000-000000000002'), ('SM', '0199f000-0002-7000-8000-000000000002'), ('VA', '0199f000-0002-7000-8000-000000000002'),
  ('US', '0199f000-0002-7000-8000-000000000003'), ('CA', '0199f000-0002-7000-8000-000000000003'), ('AU', '0199f000-0002-7000-8000-000000000003'), ('NZ', '0199f000-0002-7000-8000-000000000003'), ('JP', '0199f000-0002-7000-8000-000000000003'), ('SG', '0199f000-0002-7000-8000-000000000003'), ('KR', '0199f000-0002-7000-8000-000000000003'), ('HK', '0199f000-0002-7000-8000-000000000003'), ('AE', '0199f000-0002-7000-8000-000000000003'), ('IN', '0199f000-0002-7000-8000-000000000003'), ('IL', '0199f000-0002-7000-8000-000000000003'), ('MX', '0199f000-0002-7000-8000-000000000003'), ('BR', '0199f000-0002-7000-8000-000000000003');
insert into shipping_method (zone_id, code, name, description, tiers, free_from_minor, min_days, max_days, position) values
  ('0199f000-0002-7000-8000-000000000001', 'standard', 'Standard', '3 to 5 working days', '[{"maxGrams": null, "maxSubtotalMinor": null, "priceMinor": 490}]', 7500, 3, 5, 1),
  ('0199f000-0002-7000-8000-000000000001', 'express', 'Express', '1 to 2 working days', '[{"maxGrams": 20000, "maxSubtotalMinor": null, "priceMinor": 1290}, {"maxGrams": 60000, "maxSubtotalMinor": null, "priceMinor": 2490}]', null, 1, 2, 2),
  ('0199f000-0002-7000-8000-000000000002', 'standard', 'Standard', '4 to 7 working days', '[{"maxGrams": 5000, "maxSubtotalMinor": null, "priceMinor": 990}, {"maxGrams": 30000, "maxSubtotalMinor": null, "priceMinor": 1990}]', 15000, 4, 7, 1),
  ('0199f000-0002-7000-8000-000000000002', 'express', 'Express', '2 to 3 working days', '[{"maxGrams": 20000, "maxSubtotalMinor": null, "priceMinor": 2490}]', null, 2, 3, 2),
  ('0199f000-0002-7000-8000-000000000003', 'standard', 'International', '7 to 14 working days', '[{"maxGrams": 5000, "maxSubtotalMinor": null, "priceMinor": 1990}, {"maxGrams": 20000, "maxSubtotalMinor": null, "priceMinor": 3990}]', null, 7, 14, 1);

insert into promotion (id, code, name, kind, value, min_subtotal_minor, scope, offer, is_first_order, per_customer_limit) values
  ('0199f000-0001-7000-8000-000000000001', 'FREESHIP', 'Free delivery', 'free_shipping', 0, 3000, '{}', null, false, null),
  ('0199f000-0001-7000-8000-000000000002', 'THREEFORTWO', '3 for 2 on tableware', 'buy_x_get_y', 10000, 0, '{"categories": ["tableware"]}',
    '{"buyQuantity": 2, "getQuantity": 1, "get": null, "maxSets": 5}', false, null),
  ('0199f000-0001-7000-8000-000000000003', 'HELLO5', '€5 off a first order', 'amount', 500, 4000, '{}', null, true, 1)
on conflict do nothing;
update promotion set name = '10 % to welcome you' where code = 'WELCOME10';
