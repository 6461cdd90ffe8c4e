-- Throttlings that were undeployed while calls waited under them: those still go out at its pace, for a day.
create table onward.throttle_drain (
    uid      uuid primary key,
    sandbox  text not null,
    document text not null,
    since    timestamptz(3) not null
);

create index throttle_drain_sandbox on onward.throttle_drain (sandbox, since);

-- Which stored invocations are sealed under a key.
create index stored_invocation_kid on onward.stored_invocation (split_part(sealed, '.', 2));
