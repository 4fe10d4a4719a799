-- Words are compared without their accents: texts that were described before are described anew.
DELETE FROM log_blocks;
