-- AlterTable
ALTER TABLE "transfer" ADD COLUMN     "cancelled_at" TIMESTAMPTZ,
ADD COLUMN     "cancelled_by" TEXT;

-- AlterTable
ALTER TABLE "transfer_line" ADD COLUMN     "lost" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "returned" INTEGER NOT NULL DEFAULT 0;

alter table transfer drop constraint transfer_status;
alter table transfer
  add constraint transfer_status check (status in ('dispatched', 'received', 'cancelled')),
  add constraint transfer_cancelled check ((status = 'cancelled') = (cancelled_at is not null));
alter table transfer_line
  add constraint transfer_line_way_back check (returned >= 0 and lost >= 0 and returned + lost <= quantity);

create function refuse_reopening_transfers() returns trigger language plpgsql as $$
begin
  raise exception 'a transfer that is % stays so', old.status using errcode = 'check_violation';
end $$;
create trigger transfer_ends_once before update of status on transfer
  for each row when (old.status <> 'dispatched' and new.status <> old.status) execute function refuse_reopening_transfers();

-- Pieces come back or are given up step by step: each step is a cause of its own.
drop index movement_documented_once;
create unique index movement_documented_once on movement (document_id, sku, location_id, kind)
  where document_id is not null and cause_id is null and kind <> 'write_off';
