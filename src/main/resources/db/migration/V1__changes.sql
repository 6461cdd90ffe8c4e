-- What changed lately, for the other processes that hold copies in memory. Each reads the rows of all transactions that
-- had not ended at its last look (written_by), so that a row that commits late is never passed over. Kept for an hour.
CREATE TABLE onward.change (
    seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    written_by xid8        NOT NULL DEFAULT pg_current_xact_id(),
    at         timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX change_written_by ON onward.change (written_by);
