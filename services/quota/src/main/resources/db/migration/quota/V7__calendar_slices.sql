-- The last exchange of a run counts for as long as the run keeps units of limits by day or month, however old it is: until the run says
-- otherwise, or a later run says that all of its gateway's earlier calls are in the ledger.
ALTER TABLE slice_exchange
    ADD COLUMN is_open BOOLEAN NOT NULL DEFAULT FALSE,
    ADD KEY slice_exchange_open (gateway_id, is_open);
