-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO door (hash, study, kind, wave, attributes, created_ms, closed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
