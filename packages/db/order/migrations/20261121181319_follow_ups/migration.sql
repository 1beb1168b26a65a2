-- AlterTable
ALTER TABLE "order_edit" ADD COLUMN     "moved_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "follow_up_edge" (
    "from_state" TEXT NOT NULL,
    "to_state" TEXT NOT NULL,

    CONSTRAINT "follow_up_edge_pkey" PRIMARY KEY ("from_state","to_state")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" UUID NOT NULL,
    "origin_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "draft_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "moves_minor" BIGINT NOT NULL DEFAULT 0,
    "is_cod" BOOLEAN NOT NULL DEFAULT false,
    "steps" JSONB NOT NULL,
    "hold_until" TIMESTAMPTZ NOT NULL,
    "promised_at" TIMESTAMPTZ,
    "is_done" BOOLEAN NOT NULL DEFAULT false,
    "request_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_check_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_draft_id_key" ON "follow_up"("draft_id");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_order_id_key" ON "follow_up"("order_id");

-- CreateIndex
CREATE INDEX "follow_up_origin_id_idx" ON "follow_up"("origin_id");

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_origin_id_fkey" FOREIGN KEY ("origin_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table follow_up
  add constraint follow_up_kind check (kind in ('addition', 'exchange')),
  add constraint follow_up_state check (state in ('preparing', 'open', 'started', 'placed', 'ended')),
  add constraint follow_up_reason check ((state = 'ended') = (reason is not null)),
  add constraint follow_up_moves check (moves_minor >= 0 and (moves_minor = 0 or not is_cod)),
  add constraint follow_up_promised check (promised_at is not null or state in ('preparing', 'ended')),
  add constraint follow_up_done check (not is_done or state in ('placed', 'ended')),
  add constraint follow_up_version check (version > 0),
  add constraint follow_up_is_another check (order_id <> origin_id);

create index follow_up_to_look_at on follow_up (next_check_at) where not is_done;

insert into follow_up_edge (from_state, to_state) values
  ('preparing', 'open'), ('preparing', 'ended'), ('open', 'started'), ('open', 'ended'),
  ('started', 'placed'), ('started', 'ended');

create function refuse_illegal_follow_up_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'preparing' then
      raise exception 'a follow-up begins with the goods being held' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' then
    if old.promised_at is not null or old.state <> 'ended' then
      raise exception 'a follow-up that was promised is kept' using errcode = 'check_violation';
    end if;
    return old;
  end if;
  if new.id <> old.id or new.origin_id <> old.origin_id or new.kind <> old.kind or new.draft_id <> old.draft_id
    or new.request_hash <> old.request_hash
    or (old.state in ('started', 'placed', 'ended') and (new.moves_minor <> old.moves_minor or new.is_cod <> old.is_cod)) then
    raise exception 'of a follow-up, only what becomes of it may change' using errcode = 'check_violation';
  end if;
  if new.state <> old.state
    and not exists (select from follow_up_edge where from_state = old.state and to_state = new.state) then
    raise exception 'a follow-up cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger follow_up_follows_edges before insert or update or delete on follow_up
  for each row execute function refuse_illegal_follow_up_step();

-- An edit whose money may pay for what was added waits for that order.
alter table order_edit drop constraint order_edit_status,
  add constraint order_edit_status check (status in ('waiting', 'refunding', 'completed', 'refund_failed')),
  add constraint order_edit_moved check (moved_minor between 0 and lowered_minor and (moved_minor = 0 or status <> 'waiting'));
drop index order_edit_open;
create unique index order_edit_open on order_edit (order_id) where status in ('waiting', 'refunding');
insert into order_edit_edge (from_status, to_status) values ('waiting', 'refunding'), ('waiting', 'completed');
