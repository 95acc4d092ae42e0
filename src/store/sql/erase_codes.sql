-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM code WHERE study = $1 AND encounter = $2
