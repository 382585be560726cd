-- SPDX-License-Identifier: GPL-2.0-or-later
-- The tables of index.sqlite, which wmsdiff-report(1) explains.  Times are texts as in the
-- reports, so that they sort; what is not known is NULL.
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -16000;
-- a higher number has other tables
PRAGMA user_version = 1;
BEGIN;

CREATE TABLE machine (
	machine INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	computer_name TEXT,
	reports INTEGER NOT NULL,	-- that are indexed
	unread INTEGER NOT NULL,	-- reports that are not
	lost INTEGER NOT NULL,
	incomplete INTEGER NOT NULL
);

-- What became of it in a sweep.
CREATE TABLE unit (
	machine INTEGER PRIMARY KEY REFERENCES machine,
	outcome TEXT NOT NULL,
	status TEXT,
	reason TEXT,
	host TEXT,
	started TEXT,
	seconds TEXT,
	identity TEXT,
	wmsdiff TEXT
);

CREATE TABLE report (
	report INTEGER PRIMARY KEY,
	machine INTEGER NOT NULL REFERENCES machine,
	path TEXT NOT NULL,
	page TEXT,
	wmsdiff TEXT,
	trouble TEXT			-- why it is not indexed
);

CREATE TABLE input (
	report INTEGER NOT NULL REFERENCES report,
	id TEXT,
	role TEXT,
	path TEXT,
	size INTEGER,
	sha256 TEXT
);

-- Whose report it is: one for each.
CREATE TABLE subject (
	report INTEGER PRIMARY KEY REFERENCES report,
	name TEXT NOT NULL,
	sid TEXT,
	role TEXT,
	state TEXT NOT NULL,
	exit_status INTEGER NOT NULL,
	answer TEXT NOT NULL
);

CREATE TABLE finding (
	finding INTEGER PRIMARY KEY,
	report INTEGER NOT NULL REFERENCES report,
	change TEXT,
	kind TEXT NOT NULL,
	loss INTEGER NOT NULL,
	certainty TEXT,
	fate TEXT,
	profile TEXT,
	profile_utf16 TEXT,
	new_name TEXT,
	store_path TEXT,
	new_store_path TEXT,
	earliest TEXT,
	latest TEXT,
	moment TEXT,
	time_certainty TEXT,
	cause TEXT,
	grade TEXT,
	restore TEXT,
	restore_reason TEXT,
	restore_file TEXT,
	before_file TEXT,
	after_file TEXT,
	note TEXT
);

-- Every cause that was weighed, not only the best.
CREATE TABLE cause (
	report INTEGER NOT NULL REFERENCES report,
	number INTEGER NOT NULL,
	comparison TEXT,
	cause TEXT,
	grade TEXT,
	rank TEXT,
	says TEXT,
	contradiction TEXT,
	PRIMARY KEY (report, number)
) WITHOUT ROWID;

CREATE TABLE advice (
	report INTEGER NOT NULL,
	number INTEGER NOT NULL,	-- of the cause
	step INTEGER NOT NULL,
	code TEXT,
	name TEXT,
	text TEXT,
	PRIMARY KEY (report, number, step),
	FOREIGN KEY (report, number) REFERENCES cause
) WITHOUT ROWID;

-- Programs that held Mapi32.dll.
CREATE TABLE process (
	report INTEGER NOT NULL REFERENCES report,
	image TEXT,
	class TEXT
);

CREATE TABLE diagnostic (
	report INTEGER NOT NULL REFERENCES report,
	code TEXT,
	severity TEXT,
	input TEXT,
	sentence TEXT
);

-- Concluded, unlike all the rest.
CREATE TABLE event (
	event INTEGER PRIMARY KEY,
	earliest TEXT NOT NULL,
	latest TEXT NOT NULL,
	machines INTEGER NOT NULL,
	losses INTEGER NOT NULL,
	cause TEXT,			-- that all its losses share
	supported INTEGER NOT NULL,	-- losses for which it is
	certainty TEXT NOT NULL		-- the lowest
);

CREATE TABLE event_finding (
	event INTEGER NOT NULL REFERENCES event,
	finding INTEGER NOT NULL REFERENCES finding,
	PRIMARY KEY (event, finding)
) WITHOUT ROWID;

CREATE TABLE event_process (
	event INTEGER NOT NULL REFERENCES event,
	image TEXT NOT NULL,
	PRIMARY KEY (event, image)
) WITHOUT ROWID;

-- Who lost what, when and why, and in which report it stands.
CREATE VIEW loss AS
SELECT machine.name AS machine, subject.name AS subject, subject.sid AS sid,
	finding.profile, finding.kind, finding.earliest, finding.latest, finding.moment,
	finding.certainty, finding.fate, finding.cause, finding.grade,
	report.path, finding.report, finding.finding
FROM finding
JOIN report USING (report)
JOIN subject USING (report)
JOIN machine USING (machine)
WHERE finding.loss;

-- Where KB 817375 is supported.
CREATE VIEW fault AS
SELECT DISTINCT machine.name AS machine, subject.name AS subject, report.path, report.report
FROM cause
JOIN report USING (report)
JOIN subject USING (report)
JOIN machine USING (machine)
WHERE cause.cause = 'kb_817375' AND cause.grade = 'supported';

-- Machines and reports that could not be read, and why.
CREATE VIEW unread AS
SELECT machine.name AS machine, unit.outcome AS what, unit.reason AS why, NULL AS path
FROM machine
JOIN unit USING (machine)
WHERE unit.outcome NOT IN ('compared', 'incomplete')
UNION ALL
SELECT machine.name, CASE WHEN unit.outcome IS NULL THEN 'not done' ELSE 'no report' END, NULL, NULL
FROM machine
LEFT JOIN unit USING (machine)
WHERE machine.reports + machine.unread = 0
	AND coalesce(unit.outcome IN ('compared', 'incomplete'), 1)
UNION ALL
SELECT machine.name, 'incomplete',
	coalesce(CASE WHEN unit.outcome = 'incomplete' THEN unit.reason END, subject.answer),
	report.path
FROM subject
JOIN report USING (report)
JOIN machine USING (machine)
LEFT JOIN unit USING (machine)
WHERE subject.exit_status = 2
UNION ALL
SELECT machine.name, 'report', report.trouble, report.path
FROM report
JOIN machine USING (machine)
WHERE report.trouble IS NOT NULL;

-- Files that were given for more than one machine.
CREATE VIEW same_input AS
SELECT input.sha256, input.role, count(DISTINCT report.machine) AS machines
FROM input
JOIN report USING (report)
WHERE input.sha256 IS NOT NULL
GROUP BY input.sha256, input.role
HAVING count(DISTINCT report.machine) > 1;
