-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "lowered_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "lowering" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lowering_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "lowering_payment_id_idx" ON "lowering"("payment_id");

-- AddForeignKey
ALTER TABLE "lowering" ADD CONSTRAINT "lowering_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Something is always left to take: a hold of which nothing is wanted is let go instead.
alter table payment add constraint payment_lowered check (lowered_minor = 0 or (lowered_minor > 0 and lowered_minor < amount_minor));
alter table lowering add constraint lowering_amount check (amount_minor > 0);
create trigger lowering_is_append_only before update or delete on lowering
  for each row execute function refuse_rewriting_journal();
