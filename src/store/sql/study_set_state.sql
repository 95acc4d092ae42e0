-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE study SET state = $1 WHERE study = $2
