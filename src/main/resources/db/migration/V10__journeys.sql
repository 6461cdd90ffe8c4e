-- Journeys and their immutable versions. The latest version is the draft; the live one is what events begin.
CREATE TABLE onward.journey (
    id           uuid PRIMARY KEY,
    sandbox      text NOT NULL,
    name         text NOT NULL,
    description  text NOT NULL,
    -- draft · live · paused · stopped
    state        text NOT NULL DEFAULT 'draft',
    version      integer NOT NULL,
    live_version integer,
    UNIQUE (sandbox, name)
);

CREATE TABLE onward.journey_version (
    journey_id   uuid NOT NULL REFERENCES onward.journey ON DELETE CASCADE,
    version      integer NOT NULL,
    -- JSON as it was sent
    document     text NOT NULL,
    event        text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    created_by   text NOT NULL,
    published_at timestamptz(3),
    published_by text,
    PRIMARY KEY (journey_id, version)
);

-- Which actions a version runs; pinned: one version of the action, whatever becomes of it.
CREATE TABLE onward.journey_action (
    journey_id uuid NOT NULL,
    version    integer NOT NULL,
    action     text NOT NULL,
    pinned     boolean NOT NULL,
    PRIMARY KEY (journey_id, version, action, pinned),
    FOREIGN KEY (journey_id, version) REFERENCES onward.journey_version ON DELETE CASCADE
);

CREATE INDEX journey_action_action ON onward.journey_action (action);

-- Profiles on their way, and for a time those that have ended.
CREATE TABLE onward.journey_instance (
    id         uuid PRIMARY KEY,
    sandbox    text NOT NULL,
    journey_id uuid NOT NULL,
    journey    text NOT NULL,
    version    integer NOT NULL,
    profile_id text NOT NULL,
    -- calling: a call of it is in the queue · waiting: until due_at · held: its journey is paused · ended
    state      text NOT NULL,
    -- where it is: the id of a step
    step       text NOT NULL,
    due_at     timestamptz(3),
    started_at timestamptz(3) NOT NULL,
    ended_at   timestamptz(3),
    -- completed · failed · timedOut · stopped · erased
    ending     text,
    run_id     uuid,
    -- how many steps are recorded
    steps      integer NOT NULL,
    -- what its expressions see, as JSON text
    data       text NOT NULL
) WITH (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_cost_delay = 1
);

-- A profile is in a journey at most once at a time.
CREATE UNIQUE INDEX journey_instance_inside ON onward.journey_instance (journey_id, profile_id) WHERE state <> 'ended';
CREATE INDEX journey_instance_last ON onward.journey_instance (journey_id, profile_id, started_at);
CREATE INDEX journey_instance_due ON onward.journey_instance (due_at) WHERE state = 'waiting';
CREATE INDEX journey_instance_held ON onward.journey_instance (journey_id) WHERE state = 'held';
CREATE INDEX journey_instance_ended ON onward.journey_instance (ended_at) WHERE state = 'ended';
CREATE INDEX journey_instance_profile ON onward.journey_instance (sandbox, profile_id);

-- What each instance did, step by step.
CREATE TABLE onward.step_event (
    instance_id uuid NOT NULL,
    number      integer NOT NULL,
    at          timestamptz(3) NOT NULL,
    sandbox     text NOT NULL,
    journey     text NOT NULL,
    profile_id  text NOT NULL,
    step_id     text NOT NULL,
    status      text NOT NULL,
    -- the other fields, as JSON text
    record      text NOT NULL,
    PRIMARY KEY (instance_id, number)
);

CREATE INDEX step_event_at ON onward.step_event (sandbox, at, instance_id, number);
CREATE INDEX step_event_profile ON onward.step_event (sandbox, profile_id);
