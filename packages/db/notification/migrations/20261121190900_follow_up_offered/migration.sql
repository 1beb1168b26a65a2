-- One template more than there were, whatever those were.
do $$
declare known text;
begin
  select pg_get_expr(conbin, conrelid) into strict known from pg_constraint where conname = 'message_template_known';
  alter table message drop constraint message_template_known;
  execute format('alter table message add constraint message_template_known check (%s or template = ''follow-up-offered'')', known);
end $$;
