-- What a provider of the catalogue was made of, as JSON: the choice, the version of the vendor's entry, what is the user's
-- own of its answers' reading, and its secrets. Null: a Generic provider. `settings` holds the whole request in either case.
ALTER TABLE providers ADD COLUMN vendor TEXT;
