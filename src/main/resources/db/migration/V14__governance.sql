-- Labels of profile fields and policies about them, one document a sandbox.
CREATE TABLE onward.governance (
    sandbox    text PRIMARY KEY,
    document   text NOT NULL,
    changed_at timestamptz(3) NOT NULL
);
