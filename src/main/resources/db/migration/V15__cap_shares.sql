-- How the slots of a capping are divided among processes. The shares of a dead one are free again when its lease is over
-- for as long as the capping counts.
create table onward.cap_share (
    cap         text not null,
    process     uuid not null,
    share       integer not null, -- so many it may have in use in any period
    wanted      integer not null, -- so many it would use on top
    period_ms   bigint not null,
    lease_until timestamptz not null,
    primary key (cap, process)
);

create index cap_share_process on onward.cap_share (process);
