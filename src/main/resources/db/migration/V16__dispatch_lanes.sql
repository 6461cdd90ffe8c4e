-- Calls are claimed by lanes that take turns: what one journey asks of one action on one host.
CREATE INDEX durable_call_lane ON onward.durable_call (sandbox, lane, action, coalesce(journey, ''), seq)
    WHERE state = 'ready';
DROP INDEX onward.durable_call_ready;

-- The running claim is about to send, or has sent. Only written of calls that may be sent at most once.
ALTER TABLE onward.durable_call ADD COLUMN begun boolean NOT NULL DEFAULT false;

-- Whether the process writes begun: one of an older version that is still running does not.
ALTER TABLE onward.dispatch_worker ADD COLUMN tells_begun boolean NOT NULL DEFAULT false;
