-- The URL that the end of the call is told to.
ALTER TABLE onward.durable_call ADD COLUMN callback text;

-- The call whose end this one tells. It stands here from the transaction on that ended the other; its url is the one that
-- it is sent to, its invocation what the log shows of the other.
ALTER TABLE onward.durable_call ADD COLUMN callback_of uuid;
