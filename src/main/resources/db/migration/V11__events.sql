-- Events that were accepted with 202 and not looked at yet. In the transaction that begins what they begin they are deleted.
CREATE TABLE onward.journey_event (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sandbox     text NOT NULL,
    event_id    text NOT NULL,
    name        text NOT NULL,
    profile_id  text,
    -- JSON texts as they came
    payload     text NOT NULL,
    profile     text NOT NULL,
    bytes       integer NOT NULL,
    received_at timestamptz(3) NOT NULL,
    -- later than it came only when a fault kept it from being looked at
    not_before  timestamptz(3) NOT NULL
) WITH (
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 1
);

CREATE INDEX journey_event_profile ON onward.journey_event (sandbox, profile_id) WHERE profile_id IS NOT NULL;

-- Ids that came lately: an event that comes again is one.
CREATE TABLE onward.event_seen (
    sandbox  text NOT NULL,
    event_id text COLLATE "C" NOT NULL,
    seen_at  timestamptz(3) NOT NULL,
    PRIMARY KEY (sandbox, event_id)
);

CREATE INDEX event_seen_at ON onward.event_seen (seen_at);

-- What events look like.
CREATE TABLE onward.event_definition (
    sandbox    text NOT NULL,
    name       text COLLATE "C" NOT NULL,
    version    integer NOT NULL,
    sample     text NOT NULL,
    changed_at timestamptz(3) NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (sandbox, name)
);
