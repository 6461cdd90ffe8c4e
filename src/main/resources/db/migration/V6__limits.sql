-- Capping and throttling configurations. What is in force is the deployed document, which may be older than the other.
create table onward.limit_config (
    uid               uuid primary key,
    sandbox           text not null,
    kind              text not null check (kind in ('capping', 'throttling')),
    document          text not null,
    deployed          text, -- null while nothing of it is in force
    state             text not null check (state in ('created', 'updated', 'deployed')),
    created_at        timestamptz(3) not null,
    created_by        text not null,
    last_modified_at  timestamptz(3) not null,
    last_modified_by  text not null,
    last_deployed_at  timestamptz(3),
    last_deployed_by  text
);

create index limit_config_sandbox on onward.limit_config (sandbox, kind, created_at, uid);

-- The next free moment of each throttling: processes take theirs from here. Kept when the configuration goes.
create table onward.throttle_lease (
    uid     uuid primary key,
    next_at timestamptz not null
);
