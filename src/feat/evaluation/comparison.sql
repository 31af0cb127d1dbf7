-- Imported activities in the sectors that the pack compares with, and what they report as reached.

-- name: comparison_rules :many
-- in: programme i64
-- out: kind str, word str, value str
SELECT kind, word, value FROM comparison_rule WHERE programme = ?1 ORDER BY kind, word, value;

-- Sectors by the DAC's purpose codes (vocabulary 1), of the activity or of one of its transactions.
-- name: comparison_sectors :many
-- in: programme i64
-- out: doc i64, code str
SELECT DISTINCT a.doc, s.code FROM activity_sector s JOIN activity a ON a.programme = s.programme AND a.id = s.activity
WHERE s.programme = ?1 AND a.own = 0 AND s.vocabulary = '1'
	AND s.code IN (SELECT c.value FROM comparison_rule c WHERE c.programme = ?1 AND c.kind = 'sector')
ORDER BY a.doc, s.code;

-- Values of the indicator as a whole: those of a part have a dimension.
-- name: comparison_results :many
-- in: programme i64
-- out: doc i64, indicator_no i64, title str, actual str?
SELECT a.doc, i.indicator_no, i.title, v.actual FROM indicator_value v
JOIN indicator i ON i.programme = v.programme AND i.activity = v.activity AND i.indicator_no = v.indicator_no
JOIN activity a ON a.programme = v.programme AND a.id = v.activity
WHERE v.programme = ?1 AND a.own = 0 AND v.actual IS NOT NULL AND v.dimension = ''
	AND (i.measure IS NULL OR i.measure = 1) AND i.result_type IN (1, 2)
	AND EXISTS (SELECT 1 FROM activity_sector s WHERE s.programme = v.programme AND s.activity = v.activity AND s.vocabulary = '1'
		AND s.code IN (SELECT c.value FROM comparison_rule c WHERE c.programme = ?1 AND c.kind = 'sector'))
ORDER BY a.doc, i.indicator_no;
