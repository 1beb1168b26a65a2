-- AlterTable
ALTER TABLE "lowering" ADD COLUMN     "asked_minor" BIGINT;

alter table lowering add constraint lowering_asked check (asked_minor is null or asked_minor > amount_minor);
