// One row per lead that goes on and has no next step or nobody who sees to it.
MATCH (l:Lead)
WHERE coalesce(l.state, '正常') IN ['正常', '延期'] AND NOT coalesce(l.stage, '') IN ['投产', '达产']
  AND (l.next_step IS NULL OR l.owner IS NULL)
RETURN l.name AS lead, l.id AS lead_id, l.stage AS stage, l.date AS day, l.owner AS owner, l.next_step AS next
ORDER BY day, lead, lead_id
