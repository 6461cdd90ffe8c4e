-- Which key-encryption keys are in use. The keys themselves never come here; a fingerprint tells two of one id apart.
create table onward.secret_key (
    kid         text primary key,
    fingerprint text not null,
    is_primary  boolean not null default false -- of the process that started last
);

-- Secrets, sealed. Of each place only the latest value: an old version of an owner never revives an old password.
create table onward.secret (
    sandbox    text not null,
    owner      text not null,
    member     text not null,
    sealed     text not null,
    kid        text not null,
    updated_at timestamptz(3) not null,
    primary key (sandbox, owner, member)
);

create index secret_kid on onward.secret (kid);

-- Named credentials. The document has markers where its secrets belong.
create table onward.credential (
    id         uuid primary key,
    sandbox    text not null,
    name       text not null,
    version    int  not null,
    document   text not null,
    created_at timestamptz(3) not null,
    created_by text not null,
    updated_at timestamptz(3) not null,
    unique (sandbox, name)
);

-- Which named credential the latest version of an action uses.
alter table onward.action add column credential text;

create index action_credential on onward.action (sandbox, credential) where credential is not null;
