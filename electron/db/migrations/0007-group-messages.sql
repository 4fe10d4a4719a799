-- What went through a group: which one, and whether it may arrive twice.
ALTER TABLE messages ADD COLUMN group_id TEXT;
ALTER TABLE messages ADD COLUMN group_name TEXT;
ALTER TABLE messages ADD COLUMN may_arrive_twice INTEGER NOT NULL DEFAULT 0 CHECK (may_arrive_twice IN (0, 1));

CREATE INDEX messages_by_group ON messages (group_id, seq) WHERE group_id IS NOT NULL;

-- JSON: why the message came to this member, and what the group did after the attempt.
ALTER TABLE attempts ADD COLUMN why TEXT;
ALTER TABLE attempt_results ADD COLUMN after_what TEXT;
