// One row per index that there is, those of constraints included.
SHOW INDEXES YIELD name RETURN name
