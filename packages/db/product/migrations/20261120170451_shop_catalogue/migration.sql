create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- CreateTable
CREATE TABLE "category" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "colour" (
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "hex" TEXT NOT NULL,

    CONSTRAINT "colour_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "category_id" UUID NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "price_from_minor" BIGINT NOT NULL DEFAULT 0,
    "rating_total" BIGINT NOT NULL DEFAULT 0,
    "rating_count" INTEGER NOT NULL DEFAULT 0,
    "is_available" BOOLEAN NOT NULL DEFAULT false,
    "is_featured" BOOLEAN NOT NULL DEFAULT false,
    "version" BIGINT NOT NULL DEFAULT 0,
    "edit_version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ,
    "compare_at_minor" BIGINT,
    "weight_grams" INTEGER,
    "colour_slugs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "colour_families" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "tax_class" TEXT NOT NULL,
    "short_description" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL,
    "care_instructions" TEXT,
    "materials" TEXT[],
    "tags" TEXT[],
    "dimensions" JSONB,
    "search" tsvector NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_option" (
    "product_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "product_option_pkey" PRIMARY KEY ("product_id","code")
);

-- CreateTable
CREATE TABLE "product_option_value" (
    "product_id" UUID NOT NULL,
    "option_code" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "product_option_value_pkey" PRIMARY KEY ("product_id","option_code","code")
);

-- CreateTable
CREATE TABLE "product_colour" (
    "product_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "hex" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "product_colour_pkey" PRIMARY KEY ("product_id","slug")
);

-- CreateTable
CREATE TABLE "product_related" (
    "product_id" UUID NOT NULL,
    "related_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "product_related_pkey" PRIMARY KEY ("product_id","related_id")
);

-- CreateTable
CREATE TABLE "variant" (
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "options_label" TEXT NOT NULL,
    "price_minor" BIGINT,
    "barcode" TEXT,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability" (
    "sku" TEXT NOT NULL,
    "available" INTEGER NOT NULL,
    "previous" INTEGER NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_pkey" PRIMARY KEY ("sku")
);

-- CreateTable
CREATE TABLE "image" (
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "colour" TEXT,
    "alt" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image_original" (
    "image_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "image_original_pkey" PRIMARY KEY ("image_id")
);

-- CreateTable
CREATE TABLE "image_rendition" (
    "image_id" UUID NOT NULL,
    "width" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "etag" TEXT NOT NULL,

    CONSTRAINT "image_rendition_pkey" PRIMARY KEY ("image_id","width")
);

-- CreateTable
CREATE TABLE "search_word" (
    "word" TEXT NOT NULL,
    "letters" TEXT NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "outbox" (
    "seq" BIGSERIAL NOT NULL,
    "event_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "aggregate_version" BIGINT NOT NULL,
    "payload" JSONB NOT NULL,
    "trace_id" TEXT,
    "occurred_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ,
    "stream_id" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "aggregate_version" BIGINT NOT NULL,
    "handled_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" UUID NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replayed_at" TIMESTAMPTZ,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "caller" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSONB,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("caller","operation","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "category_slug" ON "category"("slug");

-- CreateIndex
CREATE INDEX "variant_product_id_position_idx" ON "variant"("product_id", "position");

-- CreateIndex
CREATE INDEX "image_product_id_position_idx" ON "image"("product_id", "position");

-- CreateIndex
CREATE INDEX "search_word_letters" ON "search_word"("letters");

-- CreateIndex
CREATE INDEX "search_word_trigrams" ON "search_word" USING GIN ("word" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_version" ON "outbox"("aggregate_id", "aggregate_version");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_consumer_event_id_key" ON "dead_letter"("consumer", "event_id");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_option" ADD CONSTRAINT "product_option_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_option_value" ADD CONSTRAINT "product_option_value_product_id_option_code_fkey" FOREIGN KEY ("product_id", "option_code") REFERENCES "product_option"("product_id", "code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_colour" ADD CONSTRAINT "product_colour_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_related" ADD CONSTRAINT "product_related_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_related" ADD CONSTRAINT "product_related_related_id_fkey" FOREIGN KEY ("related_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant" ADD CONSTRAINT "variant_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_original" ADD CONSTRAINT "image_original_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_rendition" ADD CONSTRAINT "image_rendition_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say: search, partial uniqueness and the invariants that one row can hold.
create text search configuration shop (copy = pg_catalog.english);
alter text search configuration shop
  alter mapping for hword, hword_part, word with unaccent, english_stem;
-- Words as they are spelt, for the correction of typing errors.
create text search configuration shop_words (copy = pg_catalog.simple);
alter text search configuration shop_words
  alter mapping for hword, hword_part, word with unaccent, simple;

-- Slugs and SKUs are unique among what is for sale; a removed product gives them back.
create unique index product_slug_live on product (slug) where removed_at is null;
create unique index variant_sku_live on variant (lower(sku)) where removed_at is null;
-- Deferred, so that an update may swap the options of two variants.
alter table variant add constraint variant_options_live
  exclude using btree (product_id with =, options with =) where (removed_at is null)
  deferrable initially deferred;

create index product_search on product using gin (search) where removed_at is null;
create index product_category_live on product (category_id, created_at desc) where removed_at is null;
create function letters_of(word text) returns text language sql immutable strict parallel safe
  return (select string_agg(letter, '' order by letter collate "C") from string_to_table(word, null) as letter);
-- In C order the key also answers what begins with some letters.
alter table search_word alter column word type text collate "C";

-- Availability changes rewrite short columns of wide rows: leave room to do it in place.
alter table product set (fillfactor = 85);
alter table availability set (fillfactor = 70);

-- Pictures are compressed already.
alter table image_original alter column bytes set storage external;
alter table image_rendition alter column bytes set storage external;

alter table category add constraint category_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
alter table product
  alter column colour_slugs set not null,
  alter column colour_families set not null,
  alter column materials set not null,
  alter column tags set not null,
  add constraint product_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add constraint product_price check (price_minor >= 0 and price_from_minor >= 0),
  add constraint product_compare_at check (compare_at_minor > price_minor),
  add constraint product_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint product_tax_class check (tax_class in ('standard', 'reduced', 'zero')),
  add constraint product_weight check (weight_grams >= 0),
  add constraint product_rating check (rating_count >= 0 and rating_total between rating_count and 5 * rating_count),
  add constraint product_version check (version >= 0 and edit_version >= 0 and edit_version <= version);
alter table variant
  add constraint variant_price check (price_minor >= 0),
  add constraint variant_options_object check (jsonb_typeof(options) = 'object');
alter table availability add constraint availability_version check (version >= 0);
alter table colour add constraint colour_hex check (hex ~ '^#[0-9a-f]{6}$');
alter table product_colour add constraint product_colour_hex check (hex ~ '^#[0-9a-f]{6}$');
alter table image add constraint image_size check (width > 0 and height > 0);
alter table image_rendition add constraint image_rendition_width check (width > 0);

-- What Prisma cannot say of the shared tables. Appended to each database's first migration.
create index outbox_unpublished on outbox (seq) where published_at is null;
