-- Both hold few messages of many: a mass send is no test and seldom has values of its own, so it writes to neither.
CREATE INDEX messages_tests ON messages (provider_id, seq) WHERE test = 1;
CREATE INDEX messages_with_values ON messages (provider_id, seq) WHERE placeholder_values <> '{}';
