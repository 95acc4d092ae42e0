-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT study, encounter, respondent, arm, invited, seed, version, language, attributes,
       created_ms, planned_ms, began_ms, ended_ms
FROM encounter WHERE study = $1 AND respondent = $2 ORDER BY encounter
