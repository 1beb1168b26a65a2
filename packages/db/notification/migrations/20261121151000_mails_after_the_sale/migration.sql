alter table "message" drop constraint "message_template_known";
alter table "message" add constraint "message_template_known" check ("template" in (
  'order-confirmed', 'order-shipped', 'order-tracking', 'order-cancelled', 'order-refunded',
  'return-requested', 'return-approved', 'return-declined', 'return-received',
  'welcome', 'password-reset', 'password-changed', 'stock-low'));
-- An order is confirmed and cancelled once; it may go in several parcels, and a refund may come in parts.
drop index "message_once_per_order";
create unique index "message_once_per_order" on "message" ("order_id", "template")
  where "resent_from" is null and "template" in ('order-confirmed', 'order-cancelled');
