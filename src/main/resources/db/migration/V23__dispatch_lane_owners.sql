-- Which process claims the calls of a lane whose host is throttled: one alone, so that no call is overtaken. It has the
-- lane until its end, or until its calls are taken over.
CREATE TABLE onward.dispatch_lane (
    sandbox text NOT NULL,
    lane    text NOT NULL,
    action  text NOT NULL,
    journey text NOT NULL,
    worker  uuid NOT NULL,
    PRIMARY KEY (sandbox, lane, action, journey)
);

CREATE INDEX dispatch_lane_worker ON onward.dispatch_lane (worker);
