-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM encounter WHERE study = $1 AND encounter = $2
