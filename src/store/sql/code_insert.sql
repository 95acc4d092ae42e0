-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO code (study, hash, encounter, left_out) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
