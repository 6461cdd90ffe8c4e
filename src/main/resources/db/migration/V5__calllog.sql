-- The log of calls: one row a call, one partition a day (UTC), made and dropped by the service.
-- Text columns hold no character that PostgreSQL refuses: U+0000, a lone surrogate and the backslash are stored
-- as \u0000, \uD800 and \\.
CREATE TABLE onward.call_record (
    call_id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    sandbox text NOT NULL,
    action text NOT NULL,
    action_version integer NOT NULL,
    journey text,
    step_id text,
    instance_id text,
    profile_id text,
    caller_id text,
    outcome text NOT NULL,
    jo_status_code text NOT NULL,
    status integer,
    attempts integer NOT NULL,
    elapsed_ms bigint NOT NULL,
    method text NOT NULL,
    url text NOT NULL,
    host text NOT NULL,
    error_code text,
    error_message text,
    -- json, not jsonb: a document may hold the escape of U+0000, and is read as a whole only
    document json NOT NULL,
    -- call_id first: one call is found in any partition without knowing its time
    PRIMARY KEY (call_id, at)
) PARTITION BY RANGE (at);

CREATE INDEX call_record_by_time ON onward.call_record (sandbox, at DESC, call_id DESC);
CREATE INDEX call_record_by_action ON onward.call_record (sandbox, action, at DESC, call_id DESC);
-- An index entry is limited to a third of a page and a profile's id is not, so only its start is indexed.
CREATE INDEX call_record_by_profile ON onward.call_record (sandbox, left(profile_id, 128), at DESC, call_id DESC)
    WHERE profile_id IS NOT NULL;
CREATE INDEX call_record_by_journey ON onward.call_record (sandbox, journey, at DESC, call_id DESC)
    WHERE journey IS NOT NULL;
CREATE INDEX call_record_failures ON onward.call_record (sandbox, at DESC, call_id DESC)
    WHERE outcome <> 'succeeded';

-- Profiles that were erased lately: rows of theirs that a spool still holds are erased when they come in.
CREATE TABLE onward.erased_profile (
    sandbox text NOT NULL,
    profile_digest bytea NOT NULL,
    erased_at timestamptz NOT NULL,
    PRIMARY KEY (sandbox, profile_digest)
);
