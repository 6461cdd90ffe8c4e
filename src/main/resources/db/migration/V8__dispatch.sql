-- Calls that were accepted with 202 and have not ended. A call stands here from its acceptance on; in the transaction that
-- writes its record to the log it is deleted.
-- Text columns hold no character that PostgreSQL refuses, as in the log.

-- A process that runs durable calls. Whoever finds the lease over takes its calls away and deletes the row, by which the
-- process learns of it.
CREATE TABLE onward.dispatch_worker (
    id          uuid PRIMARY KEY,
    lease_until timestamptz NOT NULL
);

CREATE TABLE onward.durable_call (
    call_id        uuid PRIMARY KEY,
    seq            bigint GENERATED ALWAYS AS IDENTITY,
    sandbox        text NOT NULL,
    -- scheme, host and port: calls of one lane are sent in the order of seq
    lane           text NOT NULL,
    action         text NOT NULL,
    action_version integer NOT NULL,
    caller_id      text,
    journey        text,
    step_id        text,
    instance_id    text,
    profile_id     text,
    trace          text,
    method         text NOT NULL,
    url            text NOT NULL,
    host           text NOT NULL,
    -- the call that it repeats, and the version to repeat it on instead of the latest
    replay_of      uuid,
    replay_version integer,
    -- the invocation as JSON text, which keeps every digit
    invocation     text NOT NULL,
    bytes          integer NOT NULL,
    at_most_once   boolean NOT NULL,
    -- no attempt begins later
    deadline       timestamptz(3) NOT NULL,
    -- ready: may be claimed · delayed: not before due_at · held: its action is paused · running: claimed
    state          text NOT NULL DEFAULT 'ready',
    due_at         timestamptz(3),
    -- how many attempts have ended, and how many claims ended with a failure that is tried again
    attempts       integer NOT NULL DEFAULT 0,
    failures       integer NOT NULL DEFAULT 0,
    -- the running claim: what another fence writes is too late
    worker         uuid,
    fence          integer NOT NULL DEFAULT 0,
    -- a claim was lost with its process: the call may have been sent
    in_doubt       boolean NOT NULL DEFAULT false,
    -- the person was erased while it ran: it is not tried again
    doomed         boolean NOT NULL DEFAULT false
) WITH (
    -- short rows that come and go by the thousand a second
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.1,
    autovacuum_vacuum_cost_delay = 1
);

CREATE INDEX durable_call_ready ON onward.durable_call (sandbox, lane, seq) WHERE state = 'ready';
CREATE INDEX durable_call_delayed ON onward.durable_call (due_at) WHERE state = 'delayed';
CREATE INDEX durable_call_held ON onward.durable_call (sandbox, action) WHERE state = 'held';
CREATE INDEX durable_call_running ON onward.durable_call (worker) WHERE state = 'running';
CREATE INDEX durable_call_deadline ON onward.durable_call (deadline);
CREATE INDEX durable_call_profile ON onward.durable_call (sandbox, left(profile_id, 128)) WHERE profile_id IS NOT NULL;

-- Attempts of calls that have not ended, as the log will show them.
CREATE TABLE onward.durable_attempt (
    call_id uuid NOT NULL,
    number  integer NOT NULL,
    record  text NOT NULL,
    PRIMARY KEY (call_id, number)
);

-- What is not to be called for now: an action by its name, or a host by scheme, host and port.
CREATE TABLE onward.pause (
    sandbox text NOT NULL,
    kind    text NOT NULL,
    name    text NOT NULL,
    since   timestamptz(3) NOT NULL,
    PRIMARY KEY (sandbox, kind, name)
);

-- What ended calls asked for, so that they can be replayed: sealed, and forgotten after a time of its own.
CREATE TABLE onward.stored_invocation (
    call_id        uuid PRIMARY KEY,
    sandbox        text NOT NULL,
    caller_id      text,
    action         text NOT NULL,
    action_version integer NOT NULL,
    profile_digest text,
    sealed         text NOT NULL,
    kept_at        timestamptz(3) NOT NULL
);

CREATE INDEX stored_invocation_kept_at ON onward.stored_invocation (kept_at);
CREATE INDEX stored_invocation_profile ON onward.stored_invocation (sandbox, profile_digest)
    WHERE profile_digest IS NOT NULL;
