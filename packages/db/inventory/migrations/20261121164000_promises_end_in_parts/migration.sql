-- An edit of an order may take back a part of a promise, and another edit more of it. That no more is taken back
-- than was promised is what backorder_waiting and backorder_only_shrinks say.
drop index movement_promise_ended_once;
