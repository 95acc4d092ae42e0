-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO respondent (study, respondent, created_ms) VALUES ($1, $2, $3)
