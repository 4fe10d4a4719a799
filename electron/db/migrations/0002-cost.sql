-- What an accepted message cost, by the price that its provider had then.
ALTER TABLE messages ADD COLUMN cost REAL;
ALTER TABLE messages ADD COLUMN currency TEXT;
