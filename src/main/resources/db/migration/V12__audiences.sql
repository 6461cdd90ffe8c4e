-- Audiences that are sent through a journey: a run, and the profiles that have not come in yet. In the transaction that
-- begins a profile's way it is deleted here and counted there.
CREATE TABLE onward.audience_run (
    id         uuid PRIMARY KEY,
    sandbox    text NOT NULL,
    journey_id uuid NOT NULL,
    journey    text NOT NULL,
    version    integer NOT NULL,
    -- running · paused · cancelled · ended
    state      text NOT NULL,
    -- whether all its profiles are here
    loaded     boolean NOT NULL,
    per_second integer NOT NULL,
    -- the next profiles come in no earlier
    next_at    timestamptz(3) NOT NULL,
    started_at timestamptz(3) NOT NULL,
    ended_at   timestamptz(3),
    accepted   bigint NOT NULL DEFAULT 0,
    begun      bigint NOT NULL DEFAULT 0,
    inside     bigint NOT NULL DEFAULT 0,
    too_soon   bigint NOT NULL DEFAULT 0,
    others     bigint NOT NULL DEFAULT 0
);

CREATE INDEX audience_run_next ON onward.audience_run (next_at) WHERE state = 'running';
CREATE INDEX audience_run_journey ON onward.audience_run (sandbox, journey, started_at);

CREATE TABLE onward.audience_member (
    run_id     uuid NOT NULL REFERENCES onward.audience_run ON DELETE CASCADE,
    seq        bigint GENERATED ALWAYS AS IDENTITY,
    profile_id text NOT NULL,
    payload    text NOT NULL,
    profile    text NOT NULL,
    PRIMARY KEY (run_id, seq)
);

CREATE INDEX audience_member_profile ON onward.audience_member (profile_id);
CREATE INDEX journey_instance_run ON onward.journey_instance (run_id) WHERE run_id IS NOT NULL;
