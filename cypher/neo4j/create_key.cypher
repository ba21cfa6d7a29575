// One key per label: ids are unique, and a lookup by id is an index lookup.
CREATE CONSTRAINT <<name>> IF NOT EXISTS FOR (n:<<label>>) REQUIRE n.id IS UNIQUE
