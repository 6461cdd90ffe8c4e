-- API keys: only the digest of a key is stored, the key itself is shown once.
create table onward.api_key (
    id         text primary key,
    digest     text not null unique,
    name       text not null,
    role       text not null,
    sandboxes  text[] not null,
    created_at timestamptz(3) not null,
    created_by text not null
);
