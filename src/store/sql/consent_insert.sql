-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO consent (study, hash, text, created_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
