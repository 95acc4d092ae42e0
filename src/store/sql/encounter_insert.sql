-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO encounter (study, encounter, respondent, arm, invited, seed, version, language, attributes,
                       created_ms, planned_ms, began_ms, ended_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
