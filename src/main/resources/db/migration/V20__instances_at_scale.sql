-- Instances that a pause holds are due as well: their journey's timeout goes on.
DROP INDEX onward.journey_instance_due;
CREATE INDEX journey_instance_due ON onward.journey_instance (due_at) WHERE state IN ('waiting', 'held');

-- From when on the profile may come in again.
ALTER TABLE onward.journey_instance ADD COLUMN reentry_at timestamptz(3);

-- Who came into a journey when, of instances that are forgotten, as long as it keeps them from coming again.
CREATE TABLE onward.journey_entrance (
    journey_id uuid NOT NULL REFERENCES onward.journey ON DELETE CASCADE,
    profile_id text NOT NULL,
    started_at timestamptz(3) NOT NULL,
    reentry_at timestamptz(3) NOT NULL,
    PRIMARY KEY (journey_id, profile_id)
);

CREATE INDEX journey_entrance_over ON onward.journey_entrance (reentry_at);

-- The newest instances of a sandbox, page by page.
CREATE INDEX journey_instance_started ON onward.journey_instance (sandbox, started_at, id);

-- How long the first attempt waited for a connection: reports need it, and read no documents.
ALTER TABLE onward.call_record ADD COLUMN queued_ms bigint;

-- While a sandbox has no room for more calls, the events of each other one are taken on their own.
CREATE INDEX journey_event_sandbox ON onward.journey_event (sandbox, seq);
