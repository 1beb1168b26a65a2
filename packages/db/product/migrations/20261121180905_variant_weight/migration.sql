-- AlterTable
ALTER TABLE "variant" ADD COLUMN     "weight_grams" INTEGER;

alter table variant add constraint variant_weight check (weight_grams >= 0);
