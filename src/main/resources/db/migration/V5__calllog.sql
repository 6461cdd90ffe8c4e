-- The log of calls: one row a call, one partition a day (UTC), made and dropped by the service.
-- Text columns hold no character that PostgreSQL refuses: U+0000, a lone surrogate and the backslash are stored
-- as \u0000, \uD800 and \\.
create table onward.call_record (
    call_id uuid not null,
    at timestamptz(3) not null,
    sandbox text not null,
    action text not null,
    action_version integer not null,
    journey text,
    step_id text,
    instance_id text,
    profile_id text,
    caller_id text,
    outcome text not null,
    jo_status_code text not null,
    status integer,
    attempts integer not null,
    elapsed_ms bigint not null,
    method text not null,
    url text not null,
    host text not null,
    error_code text,
    error_message text,
    -- json, not jsonb: a document may hold the escape of U+0000, and is read as a whole only
    document json not null,
    -- call_id first: one call is found in any partition without knowing its time
    primary key (call_id, at)
) partition by range (at);

create index call_record_by_time on onward.call_record (sandbox, at desc, call_id desc);
create index call_record_by_action on onward.call_record (sandbox, action, at desc, call_id desc);
-- An index entry is limited to a third of a page and a profile's id is not, so only its start is indexed.
create index call_record_by_profile on onward.call_record (sandbox, left(profile_id, 128), at desc, call_id desc)
    where profile_id is not null;
create index call_record_by_journey on onward.call_record (sandbox, journey, at desc, call_id desc)
    where journey is not null;
create index call_record_failures on onward.call_record (sandbox, at desc, call_id desc)
    where outcome <> 'succeeded';
