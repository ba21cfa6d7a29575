// One node table per kind; names come from the schema.
CREATE NODE TABLE IF NOT EXISTS <<label>>(id STRING, <<columns>>, PRIMARY KEY(id))
