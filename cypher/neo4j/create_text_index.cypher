// Makes the search for a part of a name or code an index lookup.
CREATE TEXT INDEX <<name>> IF NOT EXISTS FOR (n:<<label>>) ON (n.<<property>>)
