-- AlterTable
ALTER TABLE "message" ADD COLUMN     "attachment" JSONB;

alter table "message" drop constraint "message_template_known";
alter table "message" add constraint "message_template_known" check ("template" in (
  'order-confirmed', 'order-shipped', 'order-tracking', 'order-cancelled', 'order-refunded',
  'return-requested', 'return-approved', 'return-declined', 'return-received',
  'invoice-issued', 'draft-sent', 'order-edited', 'edit-payment',
  'welcome', 'password-reset', 'password-changed', 'stock-low'));
