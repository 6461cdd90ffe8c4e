-- The first outcome of an invocation that named an Idempotency-Key. Profile ids are kept as digests only.
create table onward.idempotency_key (
    sandbox        text not null,
    action         text not null,
    key            text not null,
    fingerprint    text not null,
    call_id        uuid not null,
    profile_digest text,
    running_until  timestamptz(3) not null,
    answer         text,
    created_at     timestamptz(3) not null,
    primary key (sandbox, action, key)
);

create index idempotency_key_created_at on onward.idempotency_key (created_at);
create index idempotency_key_profile on onward.idempotency_key (sandbox, profile_digest) where profile_digest is not null;
