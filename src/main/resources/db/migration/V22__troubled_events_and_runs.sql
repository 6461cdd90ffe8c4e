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

-- How far an audience has come to us: underWay · complete · brokenOff; and when its last profiles were stored, with the
-- profiles themselves, so that an upload whose process died is known by its silence.
ALTER TABLE onward.audience_run
    ADD COLUMN upload text NOT NULL DEFAULT 'underWay',
    ADD COLUMN stored_at timestamptz(3) NOT NULL DEFAULT now();
UPDATE onward.audience_run SET upload = 'complete' WHERE loaded;
ALTER TABLE onward.audience_run
    DROP COLUMN loaded,
    ALTER COLUMN upload DROP DEFAULT,
    ALTER COLUMN stored_at DROP DEFAULT;

CREATE INDEX audience_run_upload ON onward.audience_run (id) WHERE upload = 'underWay';

-- The newest runs of a sandbox, page by page.
CREATE INDEX audience_run_started ON onward.audience_run (sandbox, started_at, id);

-- How instances of a run ended that are forgotten.
CREATE TABLE onward.audience_ending (
    run_id    uuid NOT NULL,
    ending    text NOT NULL,
    instances bigint NOT NULL,
    PRIMARY KEY (run_id, ending)
);

-- Which event an instance began with, and whether its profile had been in the journey before, as far as that was known.
ALTER TABLE onward.journey_instance
    ADD COLUMN event_id text,
    ADD COLUMN is_reentrance boolean NOT NULL DEFAULT false;
