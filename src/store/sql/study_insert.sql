-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO study (study, name, title, state, identity, salt, version, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
