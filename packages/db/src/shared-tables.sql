-- What Prisma cannot say of the shared tables. Appended to each database's first migration.
create index outbox_unpublished on outbox (seq) where published_at is null;
