-- Every kind that any release of the ledger has known, so that the order of migrations does not matter.
alter table movement drop constraint movement_kind;
alter table movement add constraint movement_kind check (kind in (
  'receipt', 'reservation', 'release', 'sale', 'return', 'adjustment', 'write_off', 'transfer', 'transfer_out',
  'transfer_in', 'backorder', 'backorder_end', 'backorder_fill'));
alter table movement add constraint movement_write_off check (kind <> 'write_off' or on_hand_delta < 0);
