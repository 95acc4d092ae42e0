-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO draft (hash, study, updated_ms, seconds, answers) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (hash, study) DO UPDATE
SET updated_ms = excluded.updated_ms, seconds = excluded.seconds, answers = excluded.answers
