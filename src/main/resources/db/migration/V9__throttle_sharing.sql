-- Who took moments of a throttling last, and until when it counts as shared: what several processes take is spaced wider.
alter table onward.throttle_lease
    add column taker uuid,
    add column shared_until timestamptz not null default '-infinity';
