-- An action is a name in a sandbox; its definitions are immutable versions.
create table onward.action (
    id          uuid primary key,
    sandbox     text not null,
    name        text not null,
    description text not null,
    version     int  not null,
    unique (sandbox, name)
);

-- The document is text, not jsonb: it keeps the order of members and every digit.
create table onward.action_version (
    action_id  uuid not null references onward.action (id) on delete cascade,
    version    int  not null,
    document   text not null,
    created_at timestamptz(3) not null,
    created_by text not null,
    primary key (action_id, version)
);
