-- How often an event could not be looked at by a fault of ours.
ALTER TABLE onward.journey_event ADD COLUMN tries integer NOT NULL DEFAULT 0;

-- Accepted events that were tried often enough: kept as they came until somebody asks for another try, out of the way of
-- the others and of what may wait.
CREATE TABLE onward.journey_event_aside (
    seq          bigint PRIMARY KEY,
    sandbox      text NOT NULL,
    event_id     text NOT NULL,
    name         text NOT NULL,
    profile_id   text,
    payload      text NOT NULL,
    profile      text NOT NULL,
    bytes        integer NOT NULL,
    received_at  timestamptz(3) NOT NULL,
    set_aside_at timestamptz(3) NOT NULL
);

CREATE INDEX journey_event_aside_profile ON onward.journey_event_aside (sandbox, profile_id);
