-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO contact (study, respondent, name, email, phone, reference) VALUES ($1, $2, $3, $4, $5, $6)
