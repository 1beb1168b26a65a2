-- CreateTable
CREATE TABLE "reconciliation_difference" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "payment_id" UUID,
    "ours" JSONB NOT NULL,
    "theirs" JSONB NOT NULL,
    "theirs_changed_at" TIMESTAMPTZ NOT NULL,
    "first_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ,
    "resolution" TEXT,
    "note" TEXT,

    CONSTRAINT "reconciliation_difference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_run" (
    "provider" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ NOT NULL,
    "compared_to" TIMESTAMPTZ,
    "looked" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("provider")
);

-- CreateIndex
CREATE INDEX "reconciliation_difference_resolved_at_id_idx" ON "reconciliation_difference"("resolved_at", "id");

create unique index reconciliation_open on reconciliation_difference (provider, kind, provider_ref) where resolved_at is null;
alter table reconciliation_difference
  add constraint reconciliation_kind check (kind in ('unknown_charge', 'missing_charge', 'amount', 'captured', 'refunded')),
  add constraint reconciliation_resolution check (
    (resolved_at is null) = (resolution is null) and resolution in ('healed', 'gone', 'by_hand'));
