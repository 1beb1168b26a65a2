-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "is_final" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "capture_tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "capture_wanted_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "is_capture_final" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "release_at" TIMESTAMPTZ;

-- A hold may be captured in parts, one after the other; at most one capture is the last.
drop index attempt_one_capture;
create unique index attempt_one_final_capture on attempt (payment_id)
  where operation = 'capture' and outcome = 'succeeded' and is_final;
alter table payment add constraint payment_capture_wanted check (capture_wanted_minor between 0 and amount_minor);
